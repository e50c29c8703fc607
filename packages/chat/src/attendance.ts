import type { Attendee, Change, Participant } from './room.ts';

/** The members of a room that are connected to this server. */
export interface Attendance {
  list(): Participant[];
  has(code: string): boolean;
  /** @param wake called when there is a change for a member that watches */
  enter(code: string, wake: () => void): Attendee & { exit(): void };
  /** Passes a change on to members that watch. */
  announce(change: Change): void;
  /** Spreads at once what has not been spread yet. */
  flush(): void;
}

// In milliseconds. A client that arrives and leaves within this time is not announced, so many short visits cost the others nothing.
const INTERVAL = 200;
// In one change. With long names that is 100 kB: a broker takes 1 MB at once, a gRPC client 4 MB.
export const LARGEST_PART = 500;
// How many changes wait for one member that does not read. It can ask who is there.
const MOST_UNREAD = 20;

/** @param spread gets what has changed here, and passes it to `announce`, here and in other servers of the same room */
export function newAttendance(spread: (change: Change) => void): Attendance {
  const members = new Map<string, Participant>();
  const watchers = new Set<(change: Change) => void>();
  const arrived = new Map<string, Participant>();
  const left = new Map<string, Participant>();
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    for (const part of inParts([...arrived.values()])) spread({ arrived: part, left: [] });
    for (const part of inParts([...left.values()])) spread({ arrived: [], left: part });
    arrived.clear();
    left.clear();
  }
  function flushSoon(): void {
    timer ??= setTimeout(flush, INTERVAL).unref();
  }
  function onArrival(member: Participant): void {
    arrived.set(member.code, member);
    flushSoon();
  }
  function onExit(member: Participant): void {
    if (!arrived.delete(member.code)) left.set(member.code, member);
    flushSoon();
  }

  return {
    list: () => [...members.values()],
    has: (code) => members.has(code),
    flush,
    announce(change) {
      for (const watcher of watchers) watcher(change);
    },
    enter(code, wake) {
      const unread: Change[] = [];
      const hear = (change: Change) => {
        const others = ({ code: of }: Participant) => of !== code;
        const news = { arrived: change.arrived.filter(others), left: change.left.filter(others) };
        if (news.arrived.length + news.left.length === 0) return;
        unread.push(news);
        if (unread.length > MOST_UNREAD) unread.shift();
        wake();
      };
      members.set(code, { code, name: '' });
      return {
        rename(name) {
          const before = members.get(code);
          // It may have left in the meantime: messages that it sent before are still on their way in.
          if (!before || before.name === name) return;
          const member = { code, name };
          members.set(code, member);
          if (before.name === '') onArrival(member);
        },
        watch() {
          if (members.has(code)) watchers.add(hear);
        },
        change: () => unread.shift(),
        exit() {
          watchers.delete(hear);
          const member = members.get(code);
          members.delete(code);
          if (member && member.name !== '') onExit(member);
        },
      };
    },
  };
}

/** Splits a list into parts that fit into one message. */
export function inParts<Item>(items: readonly Item[]): Item[][] {
  const count = Math.ceil(items.length / LARGEST_PART);
  return Array.from({ length: count }, (_, part) =>
    items.slice(part * LARGEST_PART, (part + 1) * LARGEST_PART),
  );
}
