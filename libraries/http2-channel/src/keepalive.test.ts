// Lines that are dead without an error.
import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { describe, type TestContext, test } from 'node:test';
import { setImmediate as nextImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startRelay } from 'cli/relay';
import { startServer } from '../test/bytes-server.ts';
import { described, openCall, openChannel, outcome } from '../test/calls.ts';
import { ACK, DATA, PING, type RawConnection, startRawServer } from '../test/raw-server.ts';

const SHORT = { keepalive: { interval: 100, timeout: 500 } };
const silent: Parameters<typeof startServer>[1] = {
  handlers: { download: (call) => call.write(Buffer.from('on')) },
};

function pings(connection: RawConnection | undefined): number {
  return connection?.frames.filter(({ type, flags }) => type === PING && !(flags & ACK)).length ?? 0;
}

describe('a call that only listens', () => {
  test('ends when its line becomes silent, and the next call works when the line works again', {
    timeout: 20_000,
  }, async (t) => {
    const { address } = await startServer(t, silent);
    const relay = await startRelay(address);
    t.after(() => relay.close());
    const channel = openChannel(t, relay.address, { ...SHORT, connectTimeout: 1000 });
    const call = openCall(channel, 'Download');
    await call.received(1);
    relay.silence();
    assert.equal(
      described(await call.status),
      `UNAVAILABLE: connection to ${relay.address} lost: no answer to a PING within 500 ms`,
    );
    assert.equal(await outcome(channel, 'Unary', { waitForReady: true }), 'OK');
  });

  test('ends when its server is stopped, and the next call works when the server continues', {
    timeout: 20_000,
  }, async (t) => {
    const { server, address } = await startServerProcess(t);
    const channel = openChannel(t, address, { ...SHORT, connectTimeout: 500 });
    const call = openCall(channel, 'Download');
    await call.received(1);
    server.kill('SIGSTOP');
    assert.match(described(await call.status), /^UNAVAILABLE: .* no answer to a PING within 500 ms$/);
    resume(server);
    assert.equal(await outcome(channel, 'Unary', { waitForReady: true }), 'OK');
  });

  test('continues while its server answers', { timeout: 20_000 }, async (t) => {
    const { address, connections } = await startRawServer(t, {
      onRequest: (connection, stream) => connection.respond(stream),
      onFrame(connection, { type }) {
        if (type !== PING || pings(connection) < 5) return;
        connection.message(1, Buffer.from('still here'));
        connection.trailers(1);
      },
    });
    const channel = openChannel(t, address, { keepalive: { interval: 20, timeout: 5000 } });
    assert.equal(await outcome(channel, 'Any'), 'OK');
    assert.ok(pings(connections[0]) >= 5);
  });

  test('continues when its own process was busy for longer than an answer may take', {
    timeout: 20_000,
  }, async (t) => {
    const { address } = await startServerProcess(t);
    const keepalive = { interval: 20, timeout: 200 };
    const call = openCall(openChannel(t, address, { keepalive }), 'Download');
    await call.received(1);
    for (let times = 0; times < 5; times++) {
      // A PING that is due leaves just before an immediate runs.
      await nextImmediate();
      holdUp(300);
    }
    await nextImmediate();
    call.call.cancelWithStatus(1, 'enough');
    assert.equal(described(await call.status), 'CANCELLED: enough');
  });

  test('continues while messages arrive before the answer, and ends if that takes too long', {
    timeout: 20_000,
  }, async (t) => {
    const { address } = await startRawServer(t, {
      answersPings: false,
      onRequest(connection, stream) {
        connection.respond(stream);
        const timer = setInterval(() => connection.send(DATA, 0, stream), 10);
        connection.socket.on('close', () => clearInterval(timer));
      },
    });
    const started = performance.now();
    const channel = openChannel(t, address, { keepalive: { interval: 300, timeout: 100 } });
    assert.match(await outcome(channel, 'Any'), /^UNAVAILABLE: .*PING/);
    assert.ok(performance.now() - started > 600);
  });
});

async function startServerProcess(t: TestContext): Promise<{ server: ChildProcess; address: string }> {
  const server = fork(fileURLToPath(new URL('../test/server-process.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
  });
  t.after(() => resume(server).kill('SIGKILL'));
  const [address] = await once(server, 'message');
  return { server, address: address as string };
}

/** Keeps this process busy. */
function holdUp(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function resume(server: ChildProcess): ChildProcess {
  server.kill('SIGCONT');
  return server;
}

test('no PING is sent while no call is open', { timeout: 20_000 }, async (t) => {
  const { address, connections } = await startRawServer(t, {
    onRequest(connection, stream) {
      connection.respond(stream);
      connection.trailers(stream);
    },
  });
  const channel = openChannel(t, address, { keepalive: { interval: 10, timeout: 5000 } });
  assert.equal(await outcome(channel, 'Any'), 'OK');
  const before = pings(connections[0]);
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.ok(pings(connections[0]) - before <= 1);
});

test('after too_many_pings the interval is doubled', { timeout: 20_000 }, async (t) => {
  const { address, connections } = await startRawServer(t, {
    onRequest: (connection, stream) => connection.respond(stream),
    onFrame(connection, { type }) {
      if (type === PING && connection.number === 0) connection.goaway(1, 11, 'too_many_pings');
    },
  });
  const channel = openChannel(t, address, { keepalive: { interval: 100, timeout: 5000 } });
  assert.match(
    await outcome(channel, 'Any'),
    /^UNAVAILABLE: .*: the server ended it: ENHANCE_YOUR_CALM \(too_many_pings\)$/,
  );
  const started = performance.now();
  const call = openCall(channel, 'Any', { waitForReady: true });
  await call.headers;
  while (pings(connections[1]) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.ok(performance.now() - started > 190);
  call.call.cancelWithStatus(1, 'enough');
  await call.status;
});
