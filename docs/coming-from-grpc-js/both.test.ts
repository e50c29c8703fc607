import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { credentials, Server, ServerCredentials, type ServiceError } from '@grpc/grpc-js';
import { connect, defineService, serve } from 'grpc-iterables';
import { Greetering } from 'proto';
import type { GreeteringClient, GreeteringHandlers } from 'proto/gen/proto/Greetering';
import * as calls from '../coming-from-go/calls.ts';
import { greetering } from '../coming-from-go/service.ts';
import * as bareCalls from './bare-calls.ts';
import { bareHandlers } from './bare-service.ts';
import { makeClients, makeServer } from './moved.ts';

type Print = (line: string) => void;
type Call = (print: Print) => Promise<void>;

const PRINTED = [
  'Hello, Ann!',
  '3 to go, Ann',
  '2 to go, Ann',
  '1 to go, Ann',
  'Hello, Ann and Bob!',
  'Hello, Ann!',
  'Hello, Bob!',
];

async function listen(t: TestContext, server: Server): Promise<string> {
  t.after(() => server.forceShutdown());
  const bind = promisify(server.bindAsync.bind(server));
  return `127.0.0.1:${await bind('127.0.0.1:0', ServerCredentials.createInsecure())}`;
}

async function bareServer(t: TestContext): Promise<string> {
  const server = new Server();
  server.addService(Greetering.service, bareHandlers);
  return listen(t, server);
}

async function ourServer(t: TestContext): Promise<string> {
  const server = await serve([greetering]);
  t.after(() => server.shutdown());
  return server.address;
}

type BareCall = (client: GreeteringClient, print: Print, done: (error?: ServiceError) => void) => void;

function bareClient(t: TestContext, address: string): Call[] {
  const client = new Greetering(address, credentials.createInsecure());
  t.after(() => client.close());
  const { hello, streamHello, greetEach, greetTogether } = bareCalls;
  return [hello, streamHello, greetEach, greetTogether].map(
    (call: BareCall) => (print) =>
      new Promise((resolve, reject) =>
        call(client, print, (error) => {
          if (error) reject(error);
          else resolve();
        }),
      ),
  );
}

function ourClient(t: TestContext, address: string): Call[] {
  const client = connect(Greetering, address);
  t.after(() => client.close());
  const { hello, streamHello, greetEach, greetTogether } = calls;
  return [hello, streamHello, greetEach, greetTogether].map((call) => (print) => call(client, print));
}

function halfMovedClient(t: TestContext, address: string): Call[] {
  const { bare, client } = makeClients(address);
  t.after(() => bare.close());
  const { hello, streamHello, greetEach, greetTogether } = calls;
  return [hello, streamHello, greetEach, greetTogether].map((call) => (print) => call(client, print));
}

describe('the programs of the page print the same', () => {
  for (const [server, start] of Object.entries({
    'grpc-js': bareServer,
    'grpc-iterables': ourServer,
    'half moved': (t: TestContext) => listen(t, makeServer()),
  })) {
    for (const [client, callsOf] of Object.entries({
      'grpc-js': bareClient,
      'grpc-iterables': ourClient,
      'half moved': halfMovedClient,
    })) {
      test(`server ${server}, client ${client}`, async (t) => {
        const printed: string[] = [];
        for (const call of callsOf(t, await start(t))) await call((line) => printed.push(line));
        assert.deepEqual(printed, PRINTED);
      });
    }
  }
});

test('a misspelled method is refused with the right name', () => {
  const handlers = { GretEach: async () => ({ msg: '' }) } as unknown as object;
  assert.throws(
    () => defineService<Partial<GreeteringHandlers>>({ GreetEach: Greetering.service.GreetEach }, handlers),
    new TypeError('no method GretEach in the service definition; did you mean GreetEach?'),
  );
});
