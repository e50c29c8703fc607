// The service of the README's programs. A project of its own has its own .proto here, and the types made from it.
export { ClientStream } from 'proto';
export type { ClientStreamHandlers } from 'proto/gen/stream/ClientStream';
