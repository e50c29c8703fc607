// The client of a demo. It is the same for every library.
import type { Client, Stack } from 'stress/src/stack.ts';
import type { Account } from './account.ts';
import type { Brake } from './brake.ts';
import type { Choice } from './choices.ts';
import { MOMENT, readMessages, writeMessages } from './messages.ts';

/** In milliseconds. */
const DEADLINE = 1000;
const PATIENCE = 300;

const messagesOf = (count: number) => `${count} ${count === 1 ? 'response' : 'responses'}`;

/** Makes one call as chosen, and reports how it ends for the caller. */
export async function makeCall(choice: Choice, stack: Stack, client: Client, account: Account, brake: Brake) {
  const { pattern, ending } = choice;
  const leaving = new AbortController();
  const options = { signal: leaving.signal, ...(ending === 'deadline' ? { timeout: DEADLINE } : {}) };

  /** What a client does that is not in a loop over responses. */
  function cancel(): void {
    account.saw('cancels the call');
    leaving.abort();
  }

  async function* requests() {
    let count = 0;
    for await (const message of writeMessages(choice, account)) {
      yield message;
      if (ending === 'leave' && pattern === 'upload' && ++count === MOMENT) {
        cancel();
        return;
      }
    }
  }

  async function readAll(responses: ReturnType<Client['download']>): Promise<string> {
    let count = 0;
    for await (const _ of readMessages(responses, account, brake)) {
      count++;
      if (ending === 'leave' && count === MOMENT) return `leaves its loop after ${messagesOf(count)}`;
    }
    return `its loop ended normally after ${messagesOf(count)}`;
  }

  const request = { sequence: 1 };
  const calls: Record<typeof pattern, () => Promise<string>> = {
    async unary() {
      account.handedOver(request);
      if (ending === 'leave') setTimeout(cancel, PATIENCE);
      account.got(await client.unary(request, options));
      return 'has its response';
    },
    download() {
      account.handedOver(request);
      return readAll(client.download(request, options));
    },
    async upload() {
      const response = await client.upload(requests(), options);
      account.got(response);
      return `has its response: the server counted ${response.sequence}`;
    },
    exchange: () => readAll(client.exchange(requests(), options)),
  };

  account.saw('starts the call');
  try {
    account.saw(await calls[pattern]());
  } catch (error) {
    account.saw(`gets ${stack.codeOf(error) ?? String(error)}`);
  }
}
