import { connect } from 'node:http2';
import { call } from 'by-hand/call';
import { methodOf } from 'by-hand/contract';
import { route, serve } from 'by-hand/serve';
import { GrpcError, status } from 'by-hand/status';
import { Bench } from 'proto';
import { clientOf, handlersOf, type IterableMethods } from '../iterables.ts';
import type { Stack } from '../stack.ts';

const { service } = Bench;
const unary = methodOf(service.Unary);
const download = methodOf(service.Download);
const upload = methodOf(service.Upload);
const exchange = methodOf(service.Exchange);
const downloadPacked = methodOf(service.DownloadPacked);
const uploadPacked = methodOf(service.UploadPacked);

const handlers = handlersOf(() => new GrpcError(status.UNAVAILABLE, 'as ordered'));

async function first<Message>(messages: AsyncIterable<Message> | Iterable<Message>): Promise<Message> {
  for await (const message of messages) return message;
  throw new Error('the stream has no message');
}

/** The only message of a stream that ended with OK. */
async function only<Message>(messages: AsyncIterable<Message>): Promise<Message> {
  const all: Message[] = [];
  for await (const message of messages) all.push(message);
  return first(all);
}

const routes = [
  route(unary, async function* (requests) {
    yield handlers.unary(await first(requests));
  }),
  route(download, async function* (requests) {
    yield* handlers.download(await first(requests));
  }),
  route(upload, async function* (requests) {
    yield handlers.upload(requests);
  }),
  route(exchange, handlers.exchange),
  route(downloadPacked, async function* (requests) {
    yield* handlers.downloadPacked(await first(requests));
  }),
  route(uploadPacked, async function* (requests) {
    yield { sum: String((await handlers.uploadPacked(requests)).sum) };
  }),
];

export const byHand: Stack = {
  serve: async () => (await serve(routes)).address,
  connect(address) {
    const session = connect(`http://${address}`);
    const methods: IterableMethods = {
      unary: (item) => only(call(session, unary, [item])),
      download: (order) => call(session, download, [order]),
      upload: (items) => only(call(session, upload, items)),
      exchange: (items) => call(session, exchange, items),
      downloadPacked: (order) => call(session, downloadPacked, [order]),
      uploadPacked: (messages) => only(call(session, uploadPacked, messages)),
    };
    return clientOf(
      methods,
      () => session.destroy(),
      () => this.connect(address),
    );
  },
};
