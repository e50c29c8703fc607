// A server whose handler fails for one name, in a process of its own. The version with grpc-js alone dies.
import { startBare, startOurs } from '../sides.ts';

async function find(name: string): Promise<string> {
  if (name === 'nobody') throw new Error('no such row');
  return name;
}

const startServer = {
  bare: () =>
    startBare({
      // #region bare
      async Unary(call, callback) {
        callback(null, { plan: await find(call.request.plan) });
      },
      // #endregion bare
    }),
  ours: () =>
    startOurs({
      // #region ours
      async Unary(request) {
        return { plan: await find(request.plan) };
      },
      // #endregion ours
    }),
};
const { address } = await (process.argv[2] === 'bare' ? startServer.bare() : startServer.ours());
console.log(address);
