// A client with one open call, for the tests that kill it: client-process.ts ADDRESS KIND ID
import { call, connectTo, endless, type Kind, metadataOf } from './calls.ts';

const [address = '', kind = '', id = ''] = process.argv.slice(2);
await call(connectTo(address), kind as Kind, endless(), { metadata: metadataOf(id) });
