import { Metadata, status } from '@grpc/grpc-js';
import { StatusError } from 'grpc-iterables';
import { nameOf } from '../ending.ts';
import { startBare, startOurs } from '../sides.ts';
import type { Outcome, Trap } from '../trap.ts';
import { NEVER, SURELY, until } from '../until.ts';

// In bytes.
const SIZES = [1_000, 10_000, 100_000];
const details = 'no such room';

function metadataOf(size: number): Metadata {
  const metadata = new Metadata();
  metadata.set('stack', 'x'.repeat(size));
  return metadata;
}

function outcome(endings: string[]): Outcome {
  const waiting = SIZES.length - endings.length;
  return {
    wrong: SIZES.length - endings.filter((ending) => ending === 'NOT_FOUND').length,
    of: SIZES.length,
    client: `got ${endings.join(', ')}${waiting === 0 ? '' : `, and waits for ${waiting}`}`,
    server: `sent NOT_FOUND ${SIZES.length} times, with ${SIZES.join(', ')} bytes of details`,
  };
}

export const largeTrailers: Trap = {
  name: 'large-trailers',
  title: 'Details above the header limit lose the status',
  what: 'statuses were lost',
  async bare() {
    await using bare = await startBare({
      // #region bare
      Unary(call, callback) {
        const metadata = metadataOf(call.request.sequence);
        callback({ code: status.NOT_FOUND, details, metadata });
      },
      // #endregion bare
    });
    const endings: string[] = [];
    const calls = SIZES.map((sequence) =>
      bare.client.unary({ sequence }, (error) => endings.push(nameOf(error))),
    );
    await until(() => endings.length === SIZES.length, NEVER);
    const result = outcome(endings);
    for (const call of calls) call.cancel();
    return result;
  },
  async ours() {
    await using ours = await startOurs({
      // #region ours
      async Unary({ sequence }) {
        throw new StatusError(status.NOT_FOUND, details, { metadata: metadataOf(sequence) });
      },
      // #endregion ours
    });
    const endings: string[] = [];
    for (const sequence of SIZES) {
      ours.client.unary({ sequence }).catch((error) => endings.push(nameOf(error)));
    }
    await until(() => endings.length === SIZES.length, SURELY);
    return outcome(endings);
  },
};
