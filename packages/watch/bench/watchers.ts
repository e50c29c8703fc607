// Many watchers of one key in one process: `watchers.ts ADDRESS WATCHERS CONNECTIONS`. It sends its parent each revision that all
// of them have.
import { connect } from 'grpc-iterables';
import { Store } from 'proto';

/** All watchers of this process have this revision. */
export interface Report {
  readonly revision: number;
}

const [address = '', watchers = '0', connections = '0'] = process.argv.slice(2);
/** Revision to how many watchers have it. */
const counts = new Map<number, number>();

function note(revision: number): void {
  const count = (counts.get(revision) ?? 0) + 1;
  counts.set(revision, count);
  if (count === Number(watchers)) process.send?.({ revision } satisfies Report);
}

const clients = Array.from({ length: Number(connections) }, () => connect(Store, address));

async function watchKey(index: number): Promise<void> {
  const client = clients[index % clients.length];
  // Bookmarks would count as revisions.
  for await (const { revision } of client?.watch({ prefix: 'key', bookmarkMs: 600_000 }) ?? [])
    note(Number(revision));
}

process.once('disconnect', () => process.exit());
await Promise.all(Array.from({ length: Number(watchers) }, (_, index) => watchKey(index)));
