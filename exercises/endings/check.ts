import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Frame } from 'wire/events';
import { readRecording } from 'wire/recording';
import { attempt, patience } from '../harness.ts';

const { endings } = await attempt<typeof import('./start.ts')>(import.meta.url);

const pictures = new URL('../../tools/wire/pictures/', import.meta.url);

async function framesOf(recording: string): Promise<Frame[]> {
  const frames: Frame[] = [];
  for await (const event of readRecording(fileURLToPath(new URL(`${recording}.jsonl`, pictures))))
    if (event.type === 'frame') frames.push(event);
  return frames;
}

function same(found: string | undefined, wanted: string, recording: string): void {
  assert.equal(
    found,
    wanted,
    `the call ended with "${wanted}", and the function says "${found ?? 'nothing'}". See its frames: pnpm wire --text tools/wire/pictures/${recording}.jsonl`,
  );
}

for (const [recording, wanted] of Object.entries({
  'server-streaming': 'complete',
  'server-throws': 'failed with 11',
  shutdown: 'failed with 14',
  'left-loop': 'reset by client',
  deadline: 'reset by client',
  'cancelled-upload': 'reset by client',
  'false-half-close': 'reset by client',
  'early-answer': 'complete',
  'connection-lost': 'lost',
})) {
  test(`the recording ${recording}: ${wanted}`, patience, async () => {
    const found = endings(await framesOf(recording));
    same(found.get(1), wanted, recording);
    assert.deepEqual([...found.keys()], [1], 'stream 1 is the only call of this recording');
  });
}

test('three calls in one connection end in three ways', patience, async () => {
  const recordings = ['server-streaming', 'left-loop', 'connection-lost'];
  const calls = await Promise.all(recordings.map(framesOf));
  const together = calls.flatMap((frames, index) =>
    frames.filter(({ stream }) => stream === 1).map((frame) => ({ ...frame, stream: 2 * index + 1 })),
  );
  const found = endings(together.sort((one, other) => one.at - other.at));
  for (const [index, wanted] of ['complete', 'reset by client', 'lost'].entries())
    same(found.get(2 * index + 1), wanted, recordings[index] ?? '');
});
