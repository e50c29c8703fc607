import type { TestContext } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Relay, startRelay } from 'cli/relay';

const SOME = 8 * 1024 * 1024;

export interface SilencedRelay extends Relay {
  /** Lets some more of a file through, and then nothing. */
  silenced(): Promise<void>;
}

/** A way to the server that becomes silent when some of the file has gone through it. */
export async function silencedOnTheWay(t: TestContext, address: string): Promise<SilencedRelay> {
  const relay = await startRelay(address);
  t.after(() => relay.close());
  async function silenced(): Promise<void> {
    const before = relay.bytes();
    while (relay.bytes() < before + SOME) await nextTurn();
    relay.silence();
  }
  return { ...relay, silenced };
}
