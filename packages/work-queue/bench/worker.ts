// A worker that does nothing with its jobs but count them: `worker.ts ADDRESS PARALLEL`. Its parent says when to stop.
import { connect } from 'grpc-iterables';
import { WorkQueue } from 'proto';
import { work } from '../src/work.ts';

const [address = '', parallel = '1'] = process.argv.slice(2);
const stop = new AbortController();
process.once('message', () => stop.abort());
process.once('disconnect', () => process.exit());
let done = 0;

const client = connect(WorkQueue, address);
await work(client, { parallel: Number(parallel), signal: stop.signal }, async () => {
  done++;
});
await client.close();
process.send?.(done, () => process.disconnect());
