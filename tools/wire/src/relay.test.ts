import assert from 'node:assert/strict';
import { test } from 'node:test';
import { relay } from './relay.ts';
import { connectTo as connectEnd, createListener } from './tap.ts';
import { connectTo, listening, plainServer } from './testing.ts';

test('what a server sends is read into a few buffers that are used again', { timeout: 60_000 }, async (t) => {
  const total = 16 * 1024 * 1024;
  const to = await plainServer(t, (socket) => socket.pipe(socket));
  const buffers = new Set<ArrayBufferLike>();
  const listener = createListener((near) =>
    relay(near, connectEnd({ to }), {
      onChunk: (side, { buffer, length }) => {
        // Only few bytes are copied to a buffer of their own.
        if (side === 'server' && length > 16 * 1024) buffers.add(buffer);
      },
      onClose: () => listener.close(),
    }),
  );
  const socket = connectTo(await listening(listener));
  socket.end(Buffer.alloc(total, 7));
  let received = 0;
  for await (const chunk of socket) received += chunk.length;
  assert.equal(received, total);
  assert.ok(buffers.size > 0 && buffers.size < 50, `${buffers.size} buffers`);
});
