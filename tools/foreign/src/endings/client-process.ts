// A client with one open call of each kind, for the tests that kill it: client-process.ts ADDRESS
import { call, connectTo, endless, kinds, metadataOf } from './calls.ts';

const [address = ''] = process.argv.slice(2);
const client = connectTo(address);
await Promise.all(
  kinds.map((kind) => call(client, kind, endless(), { metadata: metadataOf(`killed-${kind}`) })),
);
