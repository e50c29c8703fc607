import assert from 'node:assert/strict';
import { test } from 'node:test';
import { relay } from './relay.ts';
import { connectTo as connectEnd, createListener } from './tap.ts';
import { connectTo, listening, plainServer } from './testing.ts';

test('the bytes of both sides are read into a few buffers that are used again', {
  timeout: 60_000,
}, async (t) => {
  const total = 16 * 1024 * 1024;
  const to = await plainServer(t, (socket) => socket.pipe(socket));
  const buffers = { client: new Set<ArrayBufferLike>(), server: new Set<ArrayBufferLike>() };
  const listener = createListener((near) =>
    relay(near, connectEnd({ to }), {
      onChunk: (side, { buffer, length }) => {
        // Only few bytes are copied to a buffer of their own.
        if (length > 16 * 1024) buffers[side].add(buffer);
      },
      onClose: () => listener.close(),
    }),
  );
  const socket = connectTo(await listening(listener));
  socket.end(Buffer.alloc(total, 7));
  let received = 0;
  for await (const chunk of socket) received += chunk.length;
  assert.equal(received, total);
  for (const [side, { size }] of Object.entries(buffers))
    assert.ok(size > 0 && size < 50, `${size} buffers for the bytes of the ${side}`);
});
