// A client of a server that is down, in a process of its own: the bare version dies.
import * as grpc from '@grpc/grpc-js';
import { iterableClient } from 'grpc-iterables';
import { Stress } from 'proto';

const client = new Stress('127.0.0.1:1', grpc.credentials.createInsecure());
if (process.argv[2] === 'bare') {
  client.download({}).on('data', () => {});
} else {
  try {
    for await (const _ of iterableClient(client, Stress.service).download({}));
  } catch {
    // UNAVAILABLE, where the caller can deal with it.
    client.close();
  }
}
