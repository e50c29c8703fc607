import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2';
import { type TestContext, test } from 'node:test';
import { startEcho } from '../test/echo-server.ts';

const WINDOW = 1024 * 1024;

const DEFAULT_WINDOW = 65_535;

async function openSession(t: TestContext, address: string): Promise<ClientHttp2Session> {
  const session = connect(`http://${address}`);
  t.after(() => session.destroy());
  await once(session, 'remoteSettings');
  return session;
}

function upload(session: ClientHttp2Session): ClientHttp2Stream {
  return session.request({
    ':method': 'POST',
    ':path': '/test.Echo/Upload',
    'content-type': 'application/grpc',
    te: 'trailers',
  });
}

async function complete(call: ClientHttp2Stream): Promise<void> {
  call.end();
  call.resume();
  await once(call, 'close');
}

test('the window of a server limits how much a client can send before it is read', {
  timeout: 20_000,
}, async (t) => {
  const { server } = await startEcho(t, {}, { window: WINDOW });
  const session = await openSession(t, server.address);
  await complete(upload(session));
  assert.equal(session.remoteSettings.initialWindowSize, WINDOW);
  assert.ok((session.state.remoteWindowSize ?? 0) >= WINDOW, `${session.state.remoteWindowSize}`);
});

test('the uploads of a connection do not share the window of one call', { timeout: 20_000 }, async (t) => {
  const { server } = await startEcho(t);
  const session = await openSession(t, server.address);
  await complete(upload(session));
  assert.equal(session.remoteSettings.initialWindowSize, DEFAULT_WINDOW);
  const { remoteWindowSize = 0 } = session.state;
  assert.ok(remoteWindowSize >= 100 * DEFAULT_WINDOW, `${remoteWindowSize}`);
});
