// A server that cuts a text for its status, in a process of its own. Half of a character ends the version with grpc-js
// alone.
import { status } from '@grpc/grpc-js';
import { StatusError } from 'grpc-iterables';
import { startBare, startOurs } from '../sides.ts';

async function find(): Promise<never> {
  throw new Error('no such row');
}

const startServer = {
  bare: () =>
    startBare({
      // #region bare
      async Unary(call, callback) {
        try {
          callback(null, await find());
        } catch {
          const details = `no room ${call.request.plan.slice(0, 20)}…`;
          callback({ code: status.NOT_FOUND, details });
        }
      },
      // #endregion bare
    }),
  ours: () =>
    startOurs({
      // #region ours
      async Unary(request) {
        throw new StatusError(status.NOT_FOUND, `no room ${request.plan.slice(0, 20)}…`);
      },
      // #endregion ours
    }),
};
const { address } = await (process.argv[2] === 'bare' ? startServer.bare() : startServer.ours());
console.log(address);
