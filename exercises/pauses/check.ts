import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Frame } from 'wire/events';
import { readRecording } from 'wire/recording';
import { attempt, patience } from '../harness.ts';
import type { Pause } from './start.ts';

const { pauses } = await attempt<typeof import('./start.ts')>(import.meta.url);

let count = 0;
const data = (at: number, stream: number, left: number): Frame => ({
  ...{ type: 'frame', id: ++count, connection: 1, frame: 'DATA', side: 'server', flags: [], length: 100 },
  ...{ at, stream, windows: { stream: left, connection: 1_000_000 } },
});
const update = (at: number, stream: number): Frame => ({
  ...{ type: 'frame', id: ++count, connection: 1, frame: 'WINDOW_UPDATE', side: 'client', flags: [] },
  ...{ at, stream, length: 4, increment: 1000, windows: { stream: 1000, connection: 1_000_000 } },
});

const inWords = (found: Pause[]) =>
  found.map(({ stream, milliseconds }) => `${Math.round(milliseconds)} ms on stream ${stream}`).join(', ') ||
  'none';

function finds(frames: Frame[], wanted: string): void {
  const found = inWords(pauses(frames));
  assert.equal(found, wanted, `the pauses are: ${wanted}. The function found: ${found}`);
}

test('a server that has nothing to send does not pause', patience, () => {
  finds([data(0, 1, 900), data(500, 1, 800)], 'none');
});

test('an empty window is a pause, until the window gets larger', patience, () => {
  finds([data(0, 1, 0), update(200, 1), data(900, 1, 900)], '200 ms on stream 1');
});

test('a window that is not empty is not a pause, although it gets larger', patience, () => {
  finds([data(0, 1, 1), update(200, 1), data(900, 1, 900)], 'none');
});

test('another stream has a window of its own', patience, () => {
  const frames = [data(0, 1, 0), data(10, 3, 0), update(50, 3), update(60, 3), update(200, 1)];
  finds(frames, '40 ms on stream 3, 200 ms on stream 1');
});

test('the window of the connection is not the window of a stream', patience, () => {
  finds([data(0, 1, 0), update(100, 0), update(200, 1)], '200 ms on stream 1');
});

test('in the recording slow-reader the server pauses twice', patience, async () => {
  const frames: Frame[] = [];
  const path = fileURLToPath(new URL('../../tools/wire/pictures/slow-reader.jsonl', import.meta.url));
  for await (const event of readRecording(path)) if (event.type === 'frame') frames.push(event);
  const found = pauses(frames);
  const said = `The function found: ${inWords(found)}`;
  assert.equal(found.length, 2, `the window is empty twice. ${said}`);
  assert.ok((found[1]?.milliseconds ?? 0) > 100, `the second pause is longer than 100 ms. ${said}`);
});
