import type { Side, WireEvent } from '../../src/events.ts';
import { createQueues } from './queues.ts';
import { type SideReport, wallClock } from './reports.ts';
import type { SideProcess } from './side-process.ts';

export interface Sides {
  readonly server: SideProcess;
  readonly client: SideProcess;
}

/** A queue is shown at most so often, in milliseconds. */
const QUEUE_INTERVAL = 25;

/**
 * Makes events of what the code of both sides reports, and of what waits in their queues.
 *
 * @param began the wall clock at the start of the call
 * @returns what has to be told of everything that passes the wire, and how to stop
 */
export function watchSides({ server, client }: Sides, began: number, onEvent: (event: WireEvent) => void) {
  const queues = createQueues();
  const shown = { client: -1, server: -1 };

  function showQueues(): void {
    for (const side of ['client', 'server'] as const) {
      const bytes = queues.waiting(side);
      if (bytes === shown[side]) continue;
      shown[side] = bytes;
      onEvent({ type: 'queued', at: wallClock() - began, connection: 1, side, bytes });
    }
  }

  const hear = (side: Side) => (report: SideReport) => {
    if ('saw' in report)
      onEvent({ type: 'seen', at: report.at - began, connection: 1, side, text: report.saw });
    if ('handed' in report) queues.report(side, report.handed, report.got);
  };
  server.listen(hear('server'));
  client.listen(hear('client'));
  const timer = setInterval(showQueues, QUEUE_INTERVAL);
  return { passed: queues.passed, stop: () => clearInterval(timer) };
}
