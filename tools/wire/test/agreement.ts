import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Scenario } from '../scenarios/scenario.ts';
import { recorded } from '../scenarios/stage.ts';
import type { WireEvent } from '../src/events.ts';
import type { Scope } from '../src/testing.ts';
import { newCapture } from './capture.ts';
import { seenByTap, seenByTshark } from './tshark.ts';

/** Collects what the tap and tshark see of the same connections. */
export interface Comparison {
  /** Has a scenario seen by both. */
  play(scenario: Scenario): Promise<void>;
  /**
   * Has calls seen by both.
   *
   * @param see makes them: it puts a relay before its tap, and returns what the tap saw
   */
  add(see: (relay: (tap: string) => Promise<string>) => Promise<readonly WireEvent[]>): Promise<void>;
  /** Fails unless both saw the same. Returns how many frames that were. */
  check(): Promise<number>;
}

export function newComparison(t: Scope): Comparison {
  const capture = newCapture();
  const all: WireEvent[] = [];
  const add: Comparison['add'] = async (see) => {
    const before = capture.connections();
    const events = await see((tap) => capture.relay(t, tap));
    all.push(...events.map((event) => ({ ...event, connection: event.connection + before })));
  };
  async function check(): Promise<number> {
    const folder = await mkdtemp(join(tmpdir(), 'wire-'));
    try {
      const path = join(folder, 'capture.pcap');
      await capture.write(path);
      const seen = seenByTap(all);
      assert.deepEqual(seen, await seenByTshark(path));
      return Object.values(seen).reduce((sum, { frames }) => sum + frames.length, 0);
    } finally {
      await rm(folder, { recursive: true });
    }
  }
  return { play: (scenario) => add((relay) => recorded(scenario, relay)), add, check };
}
