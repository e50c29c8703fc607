import { Stress } from 'proto';
import type { Message } from 'proto/gen/stress/Message';
import { type SideReport, wallClock } from './reports.ts';

/** What the code of one side reports about itself. */
export interface Account {
  saw(text: string): void;
  handedOver(message: Message): void;
  got(message: Message): void;
}

const PREFIX = 5;
/** Bytes are reported at most so often, in milliseconds. */
const BYTES_INTERVAL = 40;
/** Messages that are read within this time are reported together, in milliseconds. */
const TOGETHER = 250;

/** The tap reads a frame a moment after it has passed it on. What was read comes after it, in milliseconds. */
const TAP_DELAY = 0.5;

const bytesOnWire = (message: Message) => Stress.service.Upload.requestSerialize(message).length + PREFIX;

/** Reports to the parent process: what happened at once, messages and bytes a few times a second. */
export function accountOf(report: (what: SideReport) => void): Account {
  let [handed, got] = [0, 0];
  let [read, told] = [0, 0];
  let lastRead = 0;
  let readTimer: NodeJS.Timeout | undefined;
  let bytesAreDue = false;

  const say = (text: string, at: number) => report({ saw: text, at });

  function sayRead(): void {
    clearTimeout(readTimer);
    readTimer = undefined;
    const one = read === told + 1;
    if (read > told)
      say(
        one ? `read message ${read}` : `read messages ${told + 1} to ${read}`,
        Math.min(lastRead, wallClock()),
      );
    told = read;
  }

  function sayBytes(): void {
    bytesAreDue = false;
    report({ handed, got });
  }

  function count(): void {
    if (!bytesAreDue) setTimeout(sayBytes, BYTES_INTERVAL);
    bytesAreDue = true;
  }

  return {
    saw(text) {
      sayRead();
      say(text, wallClock());
    },
    handedOver(message) {
      handed += bytesOnWire(message);
      count();
    },
    got(message) {
      got += bytesOnWire(message);
      read++;
      lastRead = wallClock() + TAP_DELAY;
      count();
      readTimer ??= setTimeout(sayRead, TOGETHER);
    },
  };
}
