import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect as connectSocket } from 'node:net';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import { answeringHandlers, startEcho } from '../test/echo-server.ts';
import { type EchoHandlers, echoDefinition } from '../test/echo-service.ts';
import { connectEcho } from '../test/transport.ts';
import { defineService, pipelineWrites, type ServeOptions, StatusError, serve } from './index.ts';

const echoProcess = new URL('../test/echo-process.ts', import.meta.url);

/** A server process with one open call that never ends. */
async function startBusyServer(t: { after(cleanUp: () => void): void }) {
  const server = fork(echoProcess, ['server'], { execArgv: ['--import', 'tsx'] });
  t.after(() => {
    server.kill('SIGKILL');
  });
  const [address] = await once(server, 'message');
  const client = fork(echoProcess, ['client', address, 'exchange'], {
    execArgv: ['--import', 'tsx'],
    stdio: 'ignore',
  });
  t.after(() => {
    client.kill('SIGKILL');
  });
  await once(server, 'message');
  return { server, client };
}

describe('serve', () => {
  test('returns the port on which it listens', async (t) => {
    const { server } = await startEcho(t);
    assert.match(server.address, /^127\.0\.0\.1:[1-9]\d*$/);
    assert.equal(server.address, `127.0.0.1:${server.port}`);
  });
  test('listens on IPv6 as well', async (t) => {
    const { client, server } = await startEcho(t, {}, { host: '::1' });
    assert.equal(server.address, `[::1]:${server.port}`);
    assert.deepEqual(await client.unary({ value: 1 }), { value: 1 });
  });
  test('a port that is taken rejects with the plain Node error', async (t) => {
    const { server } = await startEcho(t);
    await assert.rejects(serve([], { port: server.port }), { code: 'EADDRINUSE' });
  });
  test('refuses options that would end connections, calls or the process at once', async () => {
    const wrong: [ServeOptions, RegExp][] = [
      [{ gracePeriod: Number.POSITIVE_INFINITY }, /^RangeError: gracePeriod is Infinity/],
      [{ gracePeriod: Number.NaN }, /^RangeError: gracePeriod is NaN/],
      [{ handshakeTimeout: 2 ** 31 }, /^RangeError: handshakeTimeout is 2147483648/],
      [{ window: -1 }, /^RangeError: window is -1/],
      [{ window: 1e7 / 3 }, /^RangeError: window is 3333333\.3+.*; it has to be a whole number/],
      [{ channelOptions: { 'grpc.max_concurrent_streams': -1 } }, /max_concurrent_streams is -1/],
      [{ window: '64k' as unknown as number }, /^RangeError: window is 64k/],
      [{ port: '8080x' as unknown as number }, /^TypeError: port is "8080x"/],
      [{ host: '' }, /^TypeError: host is empty/],
      [{ channelOptions: { 'grpc.max_connection_age_ms': 2 ** 32 } }, /max_connection_age_ms is 4294967296/],
    ];
    for (const [options, message] of wrong) await assert.rejects(serve([], options), message);
    await (await serve([], { channelOptions: { 'grpc.max_connection_idle_ms': 2 ** 31 - 1 } })).shutdown();
  });
  test('shutdown without open calls is immediate, safe to repeat, and closes idle connections', async (t) => {
    const { client, server } = await startEcho(t, {}, { gracePeriod: 60_000 });
    await client.unary({ value: 1 });
    await Promise.all([server.shutdown(), server.shutdown(), server.closed]);
    const [error] = await once(connectSocket(server.port, '127.0.0.1'), 'error');
    assert.equal(error.code, 'ECONNREFUSED');
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    test(`after a first ${signal} the open call continues, a second one ends the process at once`, async (t) => {
      const { server, client } = await startBusyServer(t);
      server.kill(signal);
      assert.deepEqual((await once(server, 'message'))[0], signal);
      assert.equal(client.exitCode, null);
      server.kill(signal);
      const [code] = await once(server, 'exit');
      assert.equal(code, signal === 'SIGINT' ? 130 : 143);
      await once(client, 'exit');
    });
  }
  for (const kind of ['unary', 'download', 'upload', 'exchange'] as const) {
    test(`${kind}: a call that arrives after the open calls were ended is UNAVAILABLE, and its handler does not run`, async (t) => {
      let begun = 0;
      const handlers = answeringHandlers(() => begun++);
      const service = defineService<EchoHandlers>(echoDefinition, handlers);
      const goingAway = new StatusError(status.UNAVAILABLE, 'the server is shutting down');
      const server = new Server({ interceptors: [pipelineWrites] });
      server.addService(
        service.definition,
        service.implement({
          shutdown: AbortSignal.abort(goingAway),
          connection: () => undefined,
          isOld: () => false,
        }),
      );
      const bind = promisify(server.bindAsync.bind(server));
      const port = await bind('127.0.0.1:0', ServerCredentials.createInsecure());
      t.after(() => server.forceShutdown());
      const { client, close } = connectEcho(`127.0.0.1:${port}`);
      t.after(close);
      await assert.rejects(drain(client, kind), { code: status.UNAVAILABLE, details: goingAway.details });
      assert.equal(begun, 0);
    });
  }
});

type EchoClient = ReturnType<typeof connectEcho>['client'];

async function drain(client: EchoClient, kind: keyof EchoClient): Promise<void> {
  const requests = [{ value: 1 }, { value: 2 }];
  if (kind === 'unary') await client.unary({ value: 1 });
  else if (kind === 'upload') await client.upload(requests);
  else for await (const _ of kind === 'download' ? client.download({ value: 3 }) : client.exchange(requests));
}
