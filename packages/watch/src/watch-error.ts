/** Why a watcher gets nothing more, as a word for programs. */
export type WatchErrorReason = 'COMPACTED' | 'FUTURE_REVISION' | 'STORE_CHANGED' | 'TOO_SLOW';

/** A watch that cannot begin where it should, or cannot continue. */
export class WatchError extends Error {
  override readonly name = 'WatchError';
  readonly reason: WatchErrorReason;
  /** What a program has to know besides. */
  readonly facts: Record<string, string>;

  constructor(reason: WatchErrorReason, message: string, facts: Record<string, string> = {}) {
    super(message);
    this.reason = reason;
    this.facts = facts;
  }
}

export function compacted(after: number, oldest: number): WatchError {
  return new WatchError(
    'COMPACTED',
    `changes after revision ${after} are not kept any more; the oldest revision to continue from is ${oldest}`,
    { oldest_revision: String(oldest) },
  );
}

export function futureRevision(after: number, newest: number): WatchError {
  return new WatchError('FUTURE_REVISION', `revision ${after} does not exist yet; the newest is ${newest}`);
}

export function storeChanged(id: string): WatchError {
  return new WatchError('STORE_CHANGED', `the revision belongs to another store; this store is ${id}`);
}

export function tooSlow(sent: number, oldest: number): WatchError {
  return new WatchError(
    'TOO_SLOW',
    `reads too slowly: it has read up to revision ${sent}, and only changes after revision ${oldest} are kept`,
  );
}
