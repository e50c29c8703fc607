// A call through the installed package, from an ES module. `.ci/install-channel` runs it.
import { Client, credentials, Server, ServerCredentials } from '@grpc/grpc-js';
import { http2Channel } from 'http2-channel';

const path = '/test.Bytes/Unary';
const same = (bytes) => bytes;
const codec = {
  requestSerialize: same,
  requestDeserialize: same,
  responseSerialize: same,
  responseDeserialize: same,
};
const server = new Server();
server.addService(
  { unary: { path, requestStream: false, responseStream: false, ...codec } },
  { unary: (call, callback) => callback(null, call.request) },
);
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  const channelOverride = http2Channel(`127.0.0.1:${port}`);
  const client = new Client('', credentials.createInsecure(), { channelOverride });
  client.makeUnaryRequest(path, same, same, Buffer.from('an ES module'), (failure, answer) => {
    if (failure) throw failure;
    console.log(`a call from ${answer}`);
    client.close();
    server.forceShutdown();
  });
});
