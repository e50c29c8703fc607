import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { SideOrder, SideReport } from './reports.ts';

/** One side of a demo, as its parent sees it. It can take part in many calls. */
export interface SideProcess {
  tell(order: SideOrder): void;
  /** Gets what the side reports, instead of the listener before. */
  listen(listener: (report: SideReport) => void): void;
  /** Resolves with the report that fits, or with undefined when the process has ended. */
  report<T extends SideReport>(fits: (report: SideReport) => report is T): Promise<T | undefined>;
  readonly exited: Promise<unknown>;
  hasEnded(): boolean;
  kill(): void;
  /** Makes it ready for the next call, or ends it. */
  prepare(): Promise<void>;
}

const program = fileURLToPath(new URL('./side.ts', import.meta.url));
// Standard output may be the text of `pnpm wire`.
const STANDARD_ERROR = 2;

/** How long a side may take to close what is open, in milliseconds. */
const PATIENCE = 2000;

const isReady = (report: SideReport) => 'ready' in report;

export function startSide(): SideProcess {
  const child = fork(program, [], { stdio: ['ignore', STANDARD_ERROR, STANDARD_ERROR, 'ipc'] });
  // An order to a process that was killed a moment ago fails. `exited` says enough.
  child.on('error', () => {});
  let listener = (_: SideReport) => {};
  child.on('message', (report: SideReport) => listener(report));
  const exited = once(child, 'exit');

  const side: SideProcess = {
    tell(order) {
      if (child.connected) child.send(order);
    },
    listen(next) {
      listener = next;
    },
    report: <T extends SideReport>(fits: (report: SideReport) => report is T) =>
      new Promise<T | undefined>((resolve) => {
        const look = (report: SideReport) => {
          if (!fits(report)) return;
          child.off('message', look);
          resolve(report);
        };
        child.on('message', look);
        exited.then(() => resolve(undefined));
      }),
    exited,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    kill: () => void child.kill('SIGKILL'),
    async prepare() {
      side.tell({ next: true });
      const ready = await Promise.race([side.report(isReady), delay(PATIENCE)]);
      if (ready) return;
      side.kill();
      await exited;
    },
  };
  return side;
}
