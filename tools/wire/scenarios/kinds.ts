// The four kinds of call, each complete.
import { connect } from 'grpc-iterables';
import { BidirectionalStreamServer, ClientStream, Greetering, ServerStream } from 'proto';
import { sqrtService } from '../../../packages/bidi-stream/src/service.ts';
import { sumService } from '../../../packages/client-stream/src/service.ts';
import { greetingService } from '../../../packages/errors/src/service.ts';
import { powService } from '../../../packages/server-stream/src/service.ts';
import type { Scenario } from './scenario.ts';

const silent = () => {};

export const unary: Scenario = {
  name: 'unary',
  title: 'Unary: one request, one response',
  services: [greetingService()],
  async run({ address }) {
    await using client = connect(Greetering, address);
    await client.hello({ name: 'Ada' });
  },
};

export const serverStreaming: Scenario = {
  name: 'server-streaming',
  title: 'Server streaming: one request, many responses',
  services: [powService(20, silent)],
  async run({ address }) {
    await using client = connect(ServerStream, address);
    for await (const _ of client.pow({ number: 2, count: 3 }));
  },
};

export const clientStreaming: Scenario = {
  name: 'client-streaming',
  title: 'Client streaming: many requests, one response',
  services: [sumService(silent)],
  async run({ address, seen }) {
    await using client = connect(ClientStream, address);
    async function* numbers() {
      yield { data: 1 };
      await seen((event) => event.type === 'message');
      yield { data: 300 };
    }
    await client.sum(numbers());
  },
};

export const bidirectional: Scenario = {
  name: 'bidirectional',
  title: 'Bidirectional streaming: each side sends at any time',
  services: [sqrtService(silent)],
  async run({ address, seen }) {
    await using client = connect(BidirectionalStreamServer, address);
    async function* numbers() {
      yield { number: 4 };
      await seen((event) => event.type === 'message' && event.side === 'server');
      yield { number: 9 };
      await seen((event) => event.type === 'message' && event.side === 'server' && event.number === 2);
    }
    for await (const _ of client.sqrt(numbers()));
  },
};
