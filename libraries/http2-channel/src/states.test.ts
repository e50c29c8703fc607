// When a channel connects, and which states it reports.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, test } from 'node:test';
import { Client, connectivityState, credentials, Metadata } from '@grpc/grpc-js';
import { plainEnvironment } from 'cli/environment';
import { startServer } from '../test/bytes-server.ts';
import { deferred, described, openCall, openChannel, outcome } from '../test/calls.ts';
import { GOAWAY, SETTINGS, settings, startRawServer } from '../test/raw-server.ts';
import { http2Channel } from './index.ts';

const { IDLE, CONNECTING, READY, TRANSIENT_FAILURE, SHUTDOWN } = connectivityState;
type Channel = ReturnType<typeof http2Channel>;

function change(channel: Channel, from: connectivityState, deadline: Date | number = Date.now() + 10_000) {
  return new Promise<connectivityState>((resolve, reject) =>
    channel.watchConnectivityState(from, deadline, (error) =>
      error ? reject(error) : resolve(channel.getConnectivityState(false)),
    ),
  );
}

/** An address without a server. */
async function deadAddress(): Promise<string> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

describe('a channel', () => {
  test('connects with its first call, and not before', async (t) => {
    const { address, connections } = await startRawServer(t, {
      onRequest(connection, stream) {
        connection.respond(stream);
        connection.trailers(stream);
      },
    });
    const channel = openChannel(t, address);
    assert.equal(channel.getConnectivityState(false), IDLE);
    assert.equal(channel.getTarget(), address);
    assert.equal(connections.length, 0);
    assert.equal(await outcome(channel, 'Any'), 'OK');
    assert.equal(channel.getConnectivityState(false), READY);
    await Promise.all(Array.from({ length: 20 }, () => outcome(channel, 'Any')));
    assert.equal(connections.length, 1);
  });

  test('goes through its states, and informs its watchers', async (t) => {
    const { address, server } = await startServer(t);
    const channel = openChannel(t, address);
    assert.equal(channel.getConnectivityState(true), CONNECTING);
    assert.equal(await change(channel, CONNECTING), READY);
    server.forceShutdown();
    assert.equal(await change(channel, READY), IDLE);
    assert.equal(channel.getConnectivityState(true), CONNECTING);
    assert.equal(await change(channel, CONNECTING), TRANSIENT_FAILURE);
    assert.equal(await change(channel, TRANSIENT_FAILURE), IDLE);
    await assert.rejects(change(channel, IDLE, Date.now() + 20), /deadline passed/);
    await channel.close();
    assert.equal(channel.getConnectivityState(true), SHUTDOWN);
    assert.throws(() => channel.watchConnectivityState(SHUTDOWN, Infinity, () => {}), /was closed/);
  });

  test("makes a generated client's waitForReady work", async (t) => {
    const { address } = await startServer(t);
    const wait = (target: string, patience: number) =>
      new Promise<Error | undefined>((resolve) =>
        new Client('', credentials.createInsecure(), {
          channelOverride: openChannel(t, target),
        }).waitForReady(Date.now() + patience, resolve),
      );
    assert.equal(await wait(address, 20_000), undefined);
    assert.match(String(await wait(await deadAddress(), 200)), /Failed to connect before the deadline/);
  });

  test('fails calls that do not wait, with the address and the reason, and keeps those that wait', async (t) => {
    const address = await deadAddress();
    const channel = openChannel(t, address);
    const patient = openCall(channel, 'Unary', { waitForReady: true });
    const refused = `UNAVAILABLE: no connection to ${address}: connection refused`;
    assert.equal(await outcome(channel, 'Unary'), refused);
    assert.equal(await outcome(channel, 'Unary'), refused, 'in the pause, too');
    await startServer(t, { address });
    assert.equal(described(await patient.status), 'OK');
    assert.equal(await outcome(channel, 'Unary'), 'OK');
  });

  test('says in DEADLINE_EXCEEDED what the call waited for', async (t) => {
    const address = await deadAddress();
    const ending = await outcome(openChannel(t, address), 'Unary', {
      waitForReady: true,
      deadline: Date.now() + 100,
    });
    assert.equal(
      ending,
      `DEADLINE_EXCEEDED: deadline exceeded: no connection to ${address}: connection refused`,
    );
  });

  test('pauses longer after each failure, up to the longest pause', async (t) => {
    let attempts = 0;
    const server = createServer((socket) => {
      attempts++;
      socket.destroy();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    t.after(() => server.close());
    const { port } = server.address() as { port: number };
    const channel = openChannel(t, `127.0.0.1:${port}`, { backoff: { first: 40, longest: 160 } });
    // Attempts at about 0, 40, 104, 206, 366, 526, 686, 846.
    const ending = await outcome(channel, 'Unary', { waitForReady: true, deadline: Date.now() + 900 });
    assert.match(ending, /^DEADLINE_EXCEEDED: .*closed the connection/);
    assert.ok(attempts >= 2 && attempts <= 12, `${attempts} attempts`);
  });

  test('pauses between connections to a server that accepts no calls', async (t) => {
    const { address, connections } = await startRawServer(t, {
      onConnection(connection) {
        connection.send(SETTINGS, 0, 0, settings({ 3: 0 }));
        connection.goaway(0);
        connection.socket.end();
      },
    });
    const channel = openChannel(t, address, { backoff: { first: 100, longest: 100 } });
    await outcome(channel, 'Any', { waitForReady: true, deadline: Date.now() + 400 });
    assert.ok(connections.length < 10, `${connections.length} connections`);
  });

  test('sends waiting calls when the server raises its limit', async (t) => {
    const { address, connections } = await startRawServer(t, {
      onConnection: (connection) => connection.send(SETTINGS, 0, 0, settings({ 3: 0 })),
      onRequest(connection, stream) {
        connection.respond(stream);
        connection.trailers(stream);
      },
    });
    const channel = openChannel(t, address);
    await channel.ready();
    const call = openCall(channel, 'Any');
    const impatient = await outcome(channel, 'Any', { deadline: Date.now() + 50 });
    assert.equal(
      impatient,
      `DEADLINE_EXCEEDED: deadline exceeded: ${address} does not allow more open calls in a connection`,
    );
    connections[0]?.send(SETTINGS, 0, 0, settings({ 3: 1 }));
    assert.equal(described(await call.status), 'OK');
  });

  test('makes calls above the limit of the server wait, and all of them end', {
    timeout: 20_000,
  }, async (t) => {
    let open = 0;
    let most = 0;
    const { address } = await startServer(t, {
      options: { 'grpc.max_concurrent_streams': 5 },
      handlers: {
        unary(call, callback) {
          most = Math.max(most, ++open);
          setImmediate(() => {
            open--;
            callback(null, call.request);
          });
        },
      },
    });
    const channel = openChannel(t, address);
    const endings = await Promise.all(Array.from({ length: 200 }, () => outcome(channel, 'Unary')));
    assert.deepEqual([...new Set(endings)], ['OK']);
    assert.ok(most <= 5);
  });
});

describe('ready()', () => {
  test('resolves when calls can be made', async (t) => {
    const { address } = await startServer(t);
    const channel = openChannel(t, address);
    await channel.ready();
    assert.equal(channel.getConnectivityState(false), READY);
    await channel.ready({ timeout: 0 });
  });

  test('waits for a server that starts later', async (t) => {
    const address = await deadAddress();
    const channel = openChannel(t, address);
    const ready = channel.ready();
    channel.getConnectivityState(true);
    await change(channel, CONNECTING);
    await startServer(t, { address });
    await ready;
  });

  test('rejects after its timeout with the reason of the last failed attempt', async (t) => {
    const address = await deadAddress();
    await assert.rejects(openChannel(t, address).ready({ timeout: 50 }), {
      message: `no connection to ${address}: connection refused`,
    });
  });

  test('rejects when its signal is aborted, and leaves no listener on it', async (t) => {
    const address = await deadAddress();
    const channel = openChannel(t, address);
    const { controller, listeners } = countedSignal();
    const waiting = channel.ready({ signal: controller.signal });
    assert.equal(listeners(), 1);
    controller.abort(new Error('enough'));
    await assert.rejects(waiting, /^Error: enough$/);
    assert.equal(listeners(), 0);
    await assert.rejects(channel.ready({ signal: controller.signal }), /^Error: enough$/);

    const again = countedSignal();
    await assert.rejects(channel.ready({ timeout: 1000, signal: again.controller.signal }), /refused/);
    assert.equal(again.listeners(), 0);
  });

  test('rejects when the channel is closed', async (t) => {
    const channel = openChannel(t, await deadAddress());
    const waiting = channel.ready();
    void channel.close();
    await assert.rejects(waiting, /was closed/);
    await assert.rejects(channel.ready(), /was closed/);
  });
});

/** Counts the listeners of a signal. */
function countedSignal() {
  const controller = new AbortController();
  let listeners = 0;
  const { signal } = controller;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    listeners++;
    add(...args);
  };
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    listeners--;
    remove(...args);
  };
  return { controller, listeners: () => listeners };
}

describe('closing', () => {
  test('resolves after open and waiting calls have ended, for each call of close()', async (t) => {
    const asked = deferred<() => void>();
    const { address } = await startServer(t, {
      options: { 'grpc.max_concurrent_streams': 1 },
      handlers: {
        unary(call, callback) {
          const answer = () => callback(null, call.request);
          if (String(call.request) === 'fast') answer();
          else asked.resolve(answer);
        },
      },
    });
    const channel = openChannel(t, address);
    await channel.ready();
    const open = openCall(channel, 'Unary', { requests: [Buffer.from('slow')] });
    const waiting = openCall(channel, 'Unary', { requests: [Buffer.from('fast')] });
    let closed = false;
    const closings = [channel.close(), channel.close()];
    void closings[0]?.then(() => {
      closed = true;
    });
    assert.equal(await outcome(channel, 'Unary'), `CANCELLED: the channel to ${address} was closed`);
    assert.equal(closed, false);
    (await asked.promise)();
    assert.equal(described(await open.status), 'OK');
    assert.equal(described(await waiting.status), 'OK');
    await Promise.all(closings);
    await channel.close();
  });

  test('waits for a call that waits for its credentials', async (t) => {
    const { address } = await startServer(t);
    const { credentials, give } = slowCredentials();
    const channel = openChannel(t, address, { callCredentials: credentials });
    const call = openCall(channel, 'Unary');
    const closed = channel.close();
    give();
    assert.equal(described(await call.status), 'OK');
    await closed;
  });

  test('stops an attempt to connect if no call waits for it', async (t) => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    t.after(() => server.close());
    const channel = openChannel(t, `127.0.0.1:${(server.address() as { port: number }).port}`);
    channel.getConnectivityState(true);
    const [socket] = await once(server, 'connection');
    socket.resume();
    await Promise.all([channel.close(), once(socket, 'close')]);
  });

  test('of a channel that never connected resolves at once', async () => {
    await http2Channel('127.0.0.1:1').close();
  });

  test('disconnects from a server that does not close its side', { timeout: 10_000 }, async (t) => {
    const { address, connections } = await startRawServer(t, {
      onRequest(connection, stream) {
        connection.respond(stream);
        connection.trailers(stream);
      },
    });
    const channel = openChannel(t, address);
    assert.equal(await outcome(channel, 'Any'), 'OK');
    const [connection] = connections;
    await channel.close();
    assert.ok(connection?.frames.some(({ type }) => type === GOAWAY));
  });
});

function slowCredentials() {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return {
    credentials: credentials.createFromMetadataGenerator(
      (_, callback) => void given.then(() => callback(null, new Metadata())),
    ),
    give,
  };
}

describe('a process', () => {
  const index = new URL('./index.ts', import.meta.url).href;
  /** Runs a program, and resolves with what it prints when it ends. */
  async function run(program: string): Promise<string> {
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...plainEnvironment(), NODE_NO_WARNINGS: '1' },
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    await once(child, 'close');
    return output.trim();
  }
  const call = (channel: string, wait: boolean) => `
    const metadata = new grpc.Metadata({ waitForReady: ${wait} });
    const call = ${channel}.createCall('/test.Bytes/Unary', Infinity, null, null, null);
    const status = new Promise((resolve) =>
      call.start(metadata, { onReceiveMetadata() {}, onReceiveMessage() {}, onReceiveStatus: resolve }));
    call.sendMessageWithContext({}, Buffer.alloc(0));
    call.halfClose();
    call.startRead();
    call.startRead();`;
  const imports = `import * as grpc from '@grpc/grpc-js'; import { http2Channel } from '${index}';`;

  test('stays alive while a call is open or waits, and ends when the connection is idle', {
    timeout: 30_000,
  }, async (t) => {
    const { address } = await startServer(t, {
      handlers: { unary: (call, callback) => void setTimeout(() => callback(null, call.request), 100) },
    });
    const output = await run(
      `${imports} const channel = http2Channel('${address}'); ${call('channel', false)} console.log((await status).code);`,
    );
    assert.equal(output, '0');
  });

  test('that waits for close() continues after it', { timeout: 30_000 }, async (t) => {
    const { address } = await startServer(t);
    const output = await run(
      `${imports} const channel = http2Channel('${address}'); ${call('channel', false)} await status;
      await channel.close(); console.log('closed');`,
    );
    assert.equal(output, 'closed');
  });

  test('does not stay alive for a pause or an attempt to connect after its calls are over', {
    timeout: 30_000,
  }, async (t) => {
    const server = createServer(() => {});
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    t.after(() => server.close());
    const silent = `127.0.0.1:${(server.address() as { port: number }).port}`;
    for (const address of [silent, await deadAddress()]) {
      const output = await run(`${imports}
        const channel = http2Channel('${address}', { backoff: { first: 60_000 }, connectTimeout: 60_000 }); ${call('channel', true)}
        setTimeout(() => call.cancelWithStatus(1, 'enough'), 100);
        console.log((await status).code);`);
      assert.equal(output, '1');
    }
  });

  test('gets the errors of its callbacks as uncaught exceptions, and the call continues', {
    timeout: 30_000,
  }, async (t) => {
    const { address } = await startServer(t);
    const output = await run(`${imports}
      const thrown = [];
      process.on('uncaughtException', (error) => thrown.push(error.message));
      const fail = (name) => { throw new Error(name); };
      const channel = http2Channel('${address}');
      channel.getConnectivityState(true);
      channel.watchConnectivityState(1, Infinity, () => fail('watcher'));
      const call = channel.createCall('/test.Bytes/Exchange', Infinity, null, null, null);
      const status = new Promise((resolve) => call.start(new grpc.Metadata(), {
        onReceiveMetadata: () => fail('headers'),
        onReceiveMessage: () => fail('message'),
        onReceiveStatus(status) { resolve(status); fail('status'); },
      }));
      for (const name of ['first', 'second']) {
        call.startRead();
        call.sendMessageWithContext({ callback: () => fail(name + ' write') }, Buffer.alloc(1));
      }
      call.startRead();
      call.halfClose();
      console.log((await status).code);
      await new Promise(setImmediate);
      console.log(thrown.join());`);
    assert.equal(output, '0\nfirst write,second write,watcher,headers,message,message,status');
  });

  test('stays alive while a call waits for a connection', { timeout: 30_000 }, async (t) => {
    const address = await deadAddress();
    const ended = run(
      `${imports} const channel = http2Channel('${address}', { backoff: { first: 100 } }); ${call('channel', true)} console.log((await status).code);`,
    );
    setTimeout(() => void startServer(t, { address }), 1000);
    assert.equal(await ended, '0');
  });
});
