import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { scenarios } from '../scenarios/scenarios.ts';
import { recorded } from '../scenarios/stage.ts';
import type { Frame, WireEvent } from '../src/events.ts';
import { readRecording } from '../src/recording.ts';
import { type Call, callsIn, storyOf } from './call.ts';
import { pictureOf, recordingOf } from './files.ts';
import { drawCall } from './svg.ts';

// If one fails for a good reason, `pnpm wire:pictures` records and draws anew.
describe('the pictures', () => {
  for (const scenario of scenarios) {
    test(`${scenario.name} still tells the story that is on the wire`, { timeout: 30_000 }, async () => {
      const events: WireEvent[] = [];
      for await (const event of readRecording(recordingOf(scenario.name))) events.push(event);
      const [kept] = callsIn(events);
      assert.ok(kept);
      const [now] = callsIn(await recorded(scenario));
      assert.ok(now);
      const told = scenario.eitherEnds ? beforeTheEnd : storyOf;
      assert.deepEqual(told(now), told(kept));
      assert.equal(await readFile(pictureOf(scenario.name), 'utf8'), drawCall(kept, scenario.title));
    });
  }
});

function beforeTheEnd(call: Call) {
  const { client, server } = storyOf(call);
  const open = (frames: string[]) => new Set(frames.filter((kind) => !/^(RST_STREAM|END_STREAM)/.test(kind)));
  return {
    requests: client.messages,
    responses: server.messages,
    sent: [open(client.frames), open(server.frames)],
  };
}

test('text from the wire is text in the picture, never markup', () => {
  const hostile: Frame = {
    type: 'frame',
    at: 0,
    connection: 1,
    id: 1,
    side: 'client',
    stream: 1,
    frame: 'HEADERS',
    flags: ['END_HEADERS'],
    length: 1,
    headers: [[':path', '/<script>alert("&")</script>\x1b[2J\ud800']],
  };
  const [call] = callsIn([hostile]);
  assert.ok(call);
  const svg = drawCall(call, '<b>');
  for (const raw of ['<script', '<b>', '\x1b', '\ud800']) assert.ok(!svg.includes(raw), raw);
  assert.match(svg, /&lt;script&gt;/);
});
