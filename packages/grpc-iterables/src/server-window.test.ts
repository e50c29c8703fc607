import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Settings } from 'node:http2';
import { test } from 'node:test';
import { serve } from './serve.ts';

const WINDOW = 1024 * 1024;

test('a server with a window lets a client send that much before it is read, in a call and in all of them', async (t) => {
  const server = await serve([], { window: WINDOW, gracePeriod: 0 });
  const session = connect(`http://${server.address}`);
  t.after(async () => {
    session.destroy();
    await server.shutdown();
  });
  await once(session, 'remoteSettings');
  const call = session.request({
    ':method': 'POST',
    ':path': '/any.Service/Method',
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  call.on('error', () => {});
  const [settings]: Settings[] = await once(session, 'remoteSettings');
  assert.equal(settings?.initialWindowSize, WINDOW);
  call.resume();
  await once(call, 'close');
  assert.ok((session.state.remoteWindowSize ?? 0) >= WINDOW, `${session.state.remoteWindowSize}`);
});
