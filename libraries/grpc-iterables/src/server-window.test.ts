import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Settings } from 'node:http2';
import { test } from 'node:test';
import { startEcho } from '../test/echo-server.ts';

const WINDOW = 1024 * 1024;

test('a server with a window lets a client send that much before it is read, in a call and in all of them', {
  timeout: 20_000,
}, async (t) => {
  const { server } = await startEcho(t, {}, { window: WINDOW });
  const session = connect(`http://${server.address}`);
  t.after(() => session.destroy());
  await once(session, 'remoteSettings');
  const call = session.request({
    ':method': 'POST',
    ':path': '/test.Echo/Upload',
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  const [settings]: Settings[] = await once(session, 'remoteSettings');
  assert.equal(settings?.initialWindowSize, WINDOW);
  call.end();
  call.resume();
  await once(call, 'close');
  assert.ok((session.state.remoteWindowSize ?? 0) >= WINDOW, `${session.state.remoteWindowSize}`);
});
