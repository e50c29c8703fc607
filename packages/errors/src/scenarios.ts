// Each scenario is one way to fail: what the client does, what it learns, and what it can do about it.
import { setTimeout as delay } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { type CallOptions, type IterableClient, StatusError } from 'grpc-iterables';
import type { GreeteringClient } from 'proto/gen/proto/Greetering';
import { millisecondsOf } from './describe-details.ts';
import { detailsOf } from './rich-status.ts';

type Client = IterableClient<GreeteringClient>;
type Print = (line: string) => void;

export interface Scenario {
  shows: string;
  /** The status with which the call ends. It is OK if the client succeeds in the end. */
  ends: status;
  run(client: Client, call: CallOptions, print: Print): Promise<void>;
}

export const scenarios: Record<string, Scenario> = {
  'bad-request': {
    shows: 'unary, before any message: the server names everything that is wrong',
    ends: status.INVALID_ARGUMENT,
    async run(client, call, print) {
      const { msg } = await client.hello({ name: `line one\nline two${'!'.repeat(40)}` }, call);
      print(msg);
    },
  },
  reason: {
    shows: 'client streaming, while the client still sends: a reason that a program can check',
    ends: status.PERMISSION_DENIED,
    async run(client, call, print) {
      async function* names() {
        yield { name: 'Ann' };
        yield { name: 'root' };
        // These names never end. The server refuses the call before that.
        for (;;) {
          yield { name: 'Eve' };
          await delay(10);
        }
      }
      try {
        print((await client.greetEach(names(), call)).msg);
      } catch (error) {
        // #region reason
        for (const detail of error instanceof StatusError ? detailsOf(error) : []) {
          if (detail.type === 'ErrorInfo' && detail.reason === 'NAME_RESERVED') {
            print(`the reason says: leave out ${detail.metadata.name}`);
          }
        }
        // #endregion reason
        throw error;
      }
    },
  },
  quota: {
    shows: 'unary: a limit, and a client that waits as long as the server says',
    ends: status.OK,
    async run(client, call, print) {
      const name = `Bob ${process.pid}`;
      const hello = async () => print((await client.hello({ name }, call)).msg.replace(name, 'Bob'));
      await hello();
      try {
        await hello();
      } catch (error) {
        if (!(error instanceof StatusError)) throw error;
        // #region obey
        const retry = detailsOf(error).find((detail) => detail.type === 'RetryInfo');
        if (retry === undefined) throw error;
        print(`${status[error.code]}: waits and tries again`);
        await delay(millisecondsOf(retry.retryDelay), undefined, call.signal ? { signal: call.signal } : {});
        await hello();
        // #endregion obey
      }
    },
  },
  middle: {
    shows: 'bidirectional, after one response: the client keeps that response',
    ends: status.INVALID_ARGUMENT,
    async run(client, call, print) {
      for await (const { msg } of client.greetTogether([{ name: 'Ann' }, { name: '' }], call)) print(msg);
    },
  },
  exception: {
    shows: 'server streaming, after three responses: a mistake in the server, whose text is not sent',
    ends: status.INTERNAL,
    async run(client, call, print) {
      for await (const { msg } of client.streamHello({ name: 'Murphy' }, call)) print(msg);
    },
  },
  'too-large': {
    shows: 'unary: details that are too large; the status arrives without them',
    ends: status.ABORTED,
    async run(client, call, print) {
      print((await client.hello({ name: 'Scheherazade' }, call)).msg);
    },
  },
};
