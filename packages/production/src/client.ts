// Production: one client that waits for the service, finds out what it offers, and proves who it is.
// Start `pnpm production:server` in another terminal first.
import { setTimeout as delay } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { type ClientRun, printable, runClient } from 'cli';
import { StatusError } from 'grpc-iterables';
import { BidirectionalStreamServer, Health, ServerReflection, ServerStream } from 'proto';
import { goOn } from '../auth/go-on.ts';
import { tokenCredentials } from '../auth/token-credentials.ts';
import { untilServing } from '../health/until-serving.ts';
import { retryDelayOf } from '../limits/exhausted.ts';
import { issue } from './issuer.ts';

/** A token of this short life, in seconds, expires in the middle of the demo's long stream. */
const LIFETIME = 1;
const ROOTS = 20;

type Run = ClientRun<InstanceType<typeof Health>>;

/** Makes a call that is expected to fail, and prints how. */
async function printFailure(what: string, call: Promise<unknown>): Promise<void> {
  try {
    await call;
    console.log(`${what}: accepted`);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    const retry = retryDelayOf(error);
    const advice = retry === undefined ? '' : `; try again in ${retry} ms`;
    console.log(`${what}: ${status[error.code]}: ${printable(error.details)}${advice}`);
  }
}

async function showServices({ connectTo, call }: Run): Promise<void> {
  const reflection = connectTo(ServerReflection);
  for await (const answer of reflection.serverReflectionInfo([{ listServices: '' }], call)) {
    for (const { name } of answer.listServicesResponse?.service ?? [])
      console.log(`reflection: ${printable(name ?? '')}`);
  }
}

async function showRefusals({ connectTo, call }: Run): Promise<void> {
  const anonymous = connectTo(ServerStream);
  await printFailure('auth: without a token', anonymous.pow({ number: 2 }, call).next());
  const callCredentials = tokenCredentials(() => issue('Ann', 'powers', 60));
  const ann = connectTo(BidirectionalStreamServer, { callCredentials });
  await printFailure('auth: with another permission', ann.sqrt([{ number: 2 }], call).next());
}

async function showLongStream({ connectTo, call }: Run): Promise<void> {
  const callCredentials = tokenCredentials(() => issue('Ann', 'roots', LIFETIME));
  const client = connectTo(BidirectionalStreamServer, { callCredentials });
  let calls = 0;
  let roots = 0;
  /** The squares after this root, one every tenth of a second. */
  async function* squaresAfter(root: number) {
    for (let next = root + 1; next <= ROOTS; next++) {
      yield { number: next ** 2 };
      await delay(100);
    }
  }
  const stream = goOn<{ sqrt: number }>((last) => {
    calls++;
    return client.sqrt(squaresAfter(last?.sqrt ?? 0), call);
  });
  for await (const { sqrt } of stream) if (sqrt === roots + 1) roots++;
  console.log(`auth: ${roots} roots in one stream, with ${calls > 1 ? 'several tokens' : 'one token'}`);
}

async function showLimit({ connectTo, call }: Run): Promise<void> {
  const callCredentials = tokenCredentials(() => issue('Bob', 'roots', 60));
  const client = connectTo(BidirectionalStreamServer, { callCredentials });
  async function* oneAndWait() {
    yield { number: 4 };
    await new Promise(() => {});
  }
  const open = Array.from({ length: 10 }, () => client.sqrt(oneAndWait(), call));
  await Promise.all(open.map((stream) => stream.next()));
  await printFailure('limits: one call more', client.sqrt(oneAndWait(), call).next());
  for (const stream of open) await stream.return?.();
}

await runClient(
  {
    name: 'production',
    description: 'Waits for the service, asks what it offers, and calls it with tokens.',
    port: 8091,
    client: Health,
  },
  async (health, run) => {
    await untilServing(health, 'stream.BidirectionalStreamServer', { ...run.call, timeout: 10_000 });
    console.log('health: stream.BidirectionalStreamServer is SERVING');
    await showServices(run);
    await showRefusals(run);
    await showLongStream(run);
    await showLimit(run);
  },
);
