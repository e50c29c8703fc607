// Calls that end in another way than complete.
import { status } from '@grpc/grpc-js';
import { connect, StatusError } from 'grpc-iterables';
import { ClientStream, Greetering, ServerStream } from 'proto';
import { greetingService } from '../../../packages/errors/src/service.ts';
import type { WireEvent } from '../src/events.ts';
import type { Scenario } from './scenario.ts';
import { pow, sum } from './services.ts';
import { aborted } from './stage.ts';

/** Sends two powers, and then nothing until the call is over. */
const twoPowers = pow(async function* (_, { signal }) {
  yield { number: '1' };
  yield { number: '2' };
  await aborted(signal);
});

function secondResponse(event: WireEvent): boolean {
  return event.type === 'message' && event.side === 'server' && event.number === 2;
}

export const leftLoop: Scenario = {
  name: 'left-loop',
  title: 'The client leaves its loop',
  services: twoPowers,
  async run({ address, seen }) {
    await using client = connect(ServerStream, address);
    for await (const _ of client.pow({ number: 2 })) {
      await seen(secondResponse);
      break;
    }
    await seen(({ type }) => type === 'ended');
  },
};

export const deadline: Scenario = {
  name: 'deadline',
  title: 'The deadline passes',
  // Each side watches its own clock.
  eitherEnds: true,
  services: twoPowers,
  async run({ address, seen }) {
    await using client = connect(ServerStream, address);
    try {
      for await (const _ of client.pow({ number: 2 }, { timeout: 500 }));
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
    }
    await seen(({ type }) => type === 'ended');
  },
};

export const serverThrows: Scenario = {
  name: 'server-throws',
  title: 'The server throws a StatusError',
  services: pow(async function* () {
    yield { number: '1' };
    throw new StatusError(status.OUT_OF_RANGE, 'the next power does not fit int64');
  }),
  async run({ address }) {
    await using client = connect(ServerStream, address);
    try {
      for await (const _ of client.pow({ number: 2 }));
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
    }
  },
};

export const refused: Scenario = {
  name: 'refused',
  title: 'The server refuses the second request',
  services: [greetingService()],
  async run({ address, seen }) {
    await using client = connect(Greetering, address);
    async function* names() {
      yield { name: 'Ann' };
      await seen((event) => event.type === 'message' && event.side === 'server');
      yield { name: '' };
      await new Promise<never>(() => {});
    }
    try {
      for await (const _ of client.greetTogether(names()));
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
    }
    await seen(({ type }) => type === 'ended');
  },
};

export const answersEarly: Scenario = {
  name: 'early-answer',
  title: 'The server answers before the client has finished',
  services: sum(async (requests) => {
    for await (const { data } of requests) return { sum: data };
    return {};
  }),
  async run({ address, seen }) {
    await using client = connect(ClientStream, address);
    async function* numbers() {
      yield { data: 1 };
      await new Promise<never>(() => {});
    }
    await client.sum(numbers());
    await seen(({ type }) => type === 'ended');
  },
};

export const lineCut: Scenario = {
  name: 'connection-lost',
  title: 'The connection is lost',
  services: twoPowers,
  async run({ address, seen, cut }) {
    await using client = connect(ServerStream, address);
    try {
      for await (const { number } of client.pow({ number: 2 })) {
        if (number !== '2') continue;
        await seen(secondResponse);
        cut();
      }
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
    }
    await seen(({ type }) => type === 'ended');
  },
};

export const shutsDown: Scenario = {
  name: 'shutdown',
  title: 'The server shuts down',
  services: twoPowers,
  async run({ address, server, seen }) {
    await using client = connect(ServerStream, address);
    try {
      for await (const { number } of client.pow({ number: 2 })) {
        if (number !== '2') continue;
        await seen(secondResponse);
        void server.shutdown();
      }
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
    }
  },
};
