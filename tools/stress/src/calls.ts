import { setTimeout as delay } from 'node:timers/promises';
import type { ClientAccount } from './account.ts';
import type { Plan } from './plan.ts';
import type { Client, Message, Options, Stack } from './stack.ts';

// A call hangs if it is open while no call of this process moves a message for this long, in milliseconds. The length of a call
// shows nothing, because calls are slow on a busy machine. A pause of one call shows nothing either, because the calls of a
// connection share its window.
const HANG = 10_000;
const FINALLY_BOUND = 5000;

class RequestsThrew extends Error {}

/** How many messages all calls of this process have sent and received. */
let moved = 0;

/** Resolves when no message has moved for `hang` milliseconds. */
async function standstill(hang: number, over: AbortSignal): Promise<void> {
  for (let before = -1; before !== moved; ) {
    before = moved;
    await delay(hang, undefined, { signal: over });
  }
}

/** Makes one call as planned, and returns what the caller saw. */
export async function makeCall(
  stack: Stack,
  client: Client,
  plan: Plan,
  hang = HANG,
): Promise<ClientAccount> {
  const account: ClientAccount = {
    id: plan.id,
    sent: 0,
    finished: false,
    requestsClosed: true,
    received: 0,
    ended: 'complete',
    at: 0,
  };
  const abort = new AbortController();
  let closed = () => {};
  const requestsClosed = new Promise<void>((resolve) => {
    closed = resolve;
  });

  function step(messages: number): void {
    if (plan.ending !== 'client aborts' || messages !== plan.moment) return;
    if (plan.delay === 0) abort.abort();
    else setTimeout(() => abort.abort(), plan.delay);
  }
  const first = () => ({
    plan: JSON.stringify(plan),
    sequence: 0,
    padding: Buffer.alloc(plan.padding),
  });

  async function* requests(): AsyncGenerator<Message> {
    account.requestsClosed = false;
    try {
      for (; account.sent < plan.requests; account.sent++, moved++) {
        if (plan.ending === 'requests throw' && account.sent === plan.moment) throw new RequestsThrew();
        if (plan.clientPace > 0) await delay(plan.clientPace);
        yield account.sent === 0 ? first() : { sequence: account.sent, padding: Buffer.alloc(plan.padding) };
        step(account.sent + 1);
      }
      account.finished = true;
    } finally {
      account.requestsClosed = true;
      closed();
    }
  }

  async function receive(responses: AsyncIterable<Message>): Promise<void> {
    for await (const { sequence } of responses) {
      if (sequence !== account.received)
        throw new Error(`response ${sequence} instead of ${account.received}`);
      account.received++;
      moved++;
      if (plan.kind === 'download') step(account.received);
      if (plan.ending === 'client breaks' && account.received === plan.moment) {
        account.ended = 'left';
        break;
      }
      if (plan.clientPace > 0) await delay(plan.clientPace);
    }
  }

  async function call(options: Options): Promise<void> {
    if (plan.kind === 'download') return receive(client.download(first(), options));
    if (plan.kind === 'exchange') return receive(client.exchange(requests(), options));
    if (plan.kind === 'unary') {
      account.sent = 1;
      account.finished = true;
      const response = client.unary(first(), options);
      step(1);
      if (plan.delay > 0 && plan.ending === 'client aborts') setTimeout(() => abort.abort(), plan.delay);
      await response;
      account.received = 1;
      moved++;
      return;
    }
    const { sequence } = await client.upload(requests(), options);
    account.received = 1;
    moved++;
    if (plan.ending !== 'early answer' && sequence !== plan.requests) account.ended = 'wrong answer';
  }

  const options: Options = { signal: abort.signal };
  if (plan.ending === 'deadline') options.timeout = plan.delay + 5;
  const over = new AbortController();
  const outcome = call(options).then(
    () => account.ended,
    (error: unknown) =>
      error instanceof RequestsThrew ? 'requests threw' : (stack.codeOf(error) ?? String(error)),
  );
  account.ended = await Promise.race([
    outcome,
    standstill(hang, over.signal).then(() => {
      abort.abort();
      return 'hang';
    }),
  ]);
  account.at = Date.now();
  if (!account.requestsClosed) {
    await Promise.race([
      requestsClosed,
      delay(FINALLY_BOUND, undefined, { signal: over.signal }).catch(() => {}),
    ]);
  }
  over.abort();
  return account;
}
