// A client of a server that is down, in a process of its own. The version with grpc-js alone dies.
import * as grpc from '@grpc/grpc-js';
import { iterableClient, StatusError } from 'grpc-iterables';
import { Stress } from 'proto';

// Nothing listens on the port of a service that nobody has used for decades.
const grpcClient = new Stress('127.0.0.1:1', grpc.credentials.createInsecure());
if (process.argv[2] === 'bare') {
  const client = grpcClient;
  // #region bare
  try {
    client.download({}).on('data', (response) => console.log(response));
  } catch {
    console.log('caught');
  }
  // #endregion bare
} else {
  const client = iterableClient(grpcClient, Stress.service);
  // #region ours
  try {
    for await (const response of client.download({})) console.log(response);
  } catch (error) {
    if (error instanceof StatusError) console.log('caught', grpc.status[error.code]);
  }
  // #endregion ours
}
