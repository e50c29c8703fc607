// What Node takes from the limits of its container. Run it where your server runs: it has no imports but Node's.
import { availableParallelism } from 'node:os';
import { getHeapStatistics } from 'node:v8';

const megabytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MB`;
const limit = process.constrainedMemory();
// Without a limit cgroups report none, or a number near 2 ** 63.
const limited = limit > 0 && limit < 2 ** 53;

console.log(`the container's memory: ${limited ? megabytes(limit) : 'no limit'}`);
console.log(`Node's heap may grow to: ${megabytes(getHeapStatistics().heap_size_limit)}`);
console.log(`cores that Node counts: ${availableParallelism()}`);
