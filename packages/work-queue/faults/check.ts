// What the history of a run says about the promises of the queue.
import type { Report } from './worker.ts';

export interface Event extends Report {
  /** Which worker process, and which server it works for. */
  readonly worker: string;
  readonly server: string;
}

export interface Fault {
  readonly at: number;
  /** The name of a worker, of a server, or `broker`. */
  readonly target: string;
}

export interface History {
  /** The ids of all jobs that can be done; with their place in the order of their key, if they have one. */
  readonly jobs: readonly { id: string; key: string }[];
  readonly poison: readonly string[];
  readonly events: readonly Event[];
  readonly faults: readonly Fault[];
  /** Calls of the producer that failed, and were repeated. */
  readonly repeats: readonly { at: number; ids: ReadonlySet<string> }[];
  /** Jobs that were put back from the dead letters. */
  readonly revived: ReadonlySet<string>;
  readonly deadLetters: readonly string[];
  readonly parallel: number;
  /** How long a worker may be silent about a job before another one gets it, in milliseconds. */
  readonly lease: number;
}

export interface Verdict {
  readonly done: number;
  /** How many times a job was done again, by the reason. */
  readonly duplicates: Record<string, number>;
  readonly mostAtATime: number;
  readonly violations: string[];
}

const LOST = 'the worker had lost the job while it did it';
// In milliseconds: for so long after a job was done its acknowledgement may be under way.
const ACKNOWLEDGED = 1000;
// What a broker forgot when it was killed shows only when it is back, and has waited for an acknowledgement.
const RESTART = 15_000;
// For how long a worker may have been stopped before another one got its job.
const STOPPED = 3000;

export function check({
  jobs,
  poison,
  events,
  faults,
  repeats,
  revived,
  deadLetters,
  parallel,
  lease,
}: History): Verdict {
  const violations: string[] = [];
  const byJob = grouped(events, ({ id }) => id);
  const eventsOf = (id: string, what: Report['what']) =>
    (byJob.get(id) ?? []).filter((event) => event.what === what);
  const duplicates: Record<string, number> = {};
  let done = 0;

  for (const { id } of jobs) {
    const [first, ...others] = eventsOf(id, 'done');
    if (!first) {
      violations.push(`${id} was never done`);
      continue;
    }
    done++;
    let before = first;
    for (const next of others) {
      const ofJob = byJob.get(id) ?? [];
      const reason = whyAgain(before, startOf(before, ofJob), next, startOf(next, ofJob));
      if (reason === undefined) violations.push(`${id} was done again for no reason: ${timeline(id)}`);
      else duplicates[reason] = (duplicates[reason] ?? 0) + 1;
      before = next;
    }
  }

  function timeline(id: string): string {
    const first = Math.min(...eventsOf(id, 'start').map(({ at }) => at));
    const happened = [
      ...(byJob.get(id) ?? []).map(({ at, what, worker, server }) => ({
        at,
        text: `${what} ${worker} ${server}`,
      })),
      ...faults.map(({ at, target }) => ({ at, text: `kill ${target}` })),
    ].filter(({ at }) => at > first - 10_000);
    return happened
      .sort((a, b) => a.at - b.at)
      .map(({ at, text }) => `${Math.round(at - first)} ${text}`)
      .join(', ');
  }

  /** What kept the acknowledgement of a job that was done from being stored. */
  function whyAgain(
    doneBefore: Event,
    started: number,
    next: Event,
    startedAgain: number,
  ): string | undefined {
    if (doneBefore.lost || next.lost) return LOST;
    const hit = (target: string, until: number, since = started) =>
      faults.some((fault) => fault.target === target && fault.at >= since && fault.at <= until);
    if (hit(doneBefore.worker, doneBefore.at + ACKNOWLEDGED)) return 'the worker was killed or stopped';
    if (hit(doneBefore.server, doneBefore.at + ACKNOWLEDGED)) return 'the server was killed';
    // It got the job first, was stopped, and looked at it only when another worker had done it.
    if (hit(next.worker, next.at, started - STOPPED)) return 'a worker that was stopped did it late';
    if (hit('broker', startedAgain, started - RESTART))
      return 'the broker was killed, and had not stored the acknowledgement';
    const repeated = repeats.some(({ at, ids }) => at <= startedAgain && ids.has(doneBefore.id));
    // A broker that restarts remembers the ids of jobs that are not done, and forgets those of jobs that are.
    if (repeated && faults.some(({ target }) => target === 'broker'))
      return 'its producer repeated it to a restarted broker';
    // Its server was killed when it had written the dead letter, and had not yet removed the job.
    if (revived.has(doneBefore.id)) return 'it was a dead letter as well, and was put back';
    // On a busy machine messages wait in processes that get no time.
    if (startedAgain - started >= lease) return 'its acknowledgement came later than its lease allowed';
    return undefined;
  }

  for (const [key, ofKey] of grouped(jobs, (job) => job.key)) {
    if (key === '') continue;
    for (const [index, { id }] of ofKey.entries()) {
      const previous = ofKey[index - 1];
      const started = eventsOf(id, 'start')[0];
      const finished = previous && eventsOf(previous.id, 'done')[0];
      if (started && finished && started.at < finished.at && !deadLetters.includes(previous.id)) {
        violations.push(`${id} was started before ${previous.id} was done, both of key ${key}`);
      }
    }
  }

  const mostAtATime = Math.max(0, ...new Set(events.map(({ atATime }) => atATime)));
  if (mostAtATime > parallel)
    violations.push(`a worker handled ${mostAtATime} jobs, its window was ${parallel}`);
  for (const id of poison) {
    if (!deadLetters.includes(id)) violations.push(`${id} cannot be done, but is not a dead letter`);
  }
  return { done, duplicates, mostAtATime, violations };
}

/** When the attempt began that ended with this event. */
function startOf(done: Event, ofJob: readonly Event[]): number {
  const starts = ofJob.filter(
    ({ what, worker, at }) => what === 'start' && worker === done.worker && at <= done.at,
  );
  return starts.at(-1)?.at ?? done.at;
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
