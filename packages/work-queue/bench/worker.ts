// A worker that does nothing with its jobs but count them: `worker.ts ADDRESS PARALLEL`. Its parent says when to stop.
import { work } from '../src/work.ts';
import { connectTo } from './client.ts';

const [address = '', parallel = '1'] = process.argv.slice(2);
const stop = new AbortController();
process.once('message', () => stop.abort());
process.once('disconnect', () => process.exit());
let done = 0;

const { client, close } = connectTo(address);
await work(client, { parallel: Number(parallel), signal: stop.signal }, async () => {
  done++;
});
close();
process.send?.(done, () => process.disconnect());
