// The clients for which a server must wait, by their user agent.

/**
 * The names of gRPC libraries that reset a stream without ending it first. When the requests of such a client end, they are
 * complete, or grpc-js knows at once that they are not.
 */
const CERTAIN = new Set([
  'grpc-node-http2-channel',
  'grpc-go',
  // The C core, and the languages that use it.
  'grpc-c',
  'grpc-c++',
  'grpc-csharp',
  'grpc-objc',
  'grpc-php',
  'grpc-python',
  'grpc-python-asyncio',
  'grpc-ruby',
  'grpc-dotnet',
  'grpc-java-cronet',
  'grpc-java-netty',
  'grpc-java-okhttp',
  'grpc-swift-nio',
  'tonic',
]);

/** The names of libraries that use Node's http2 client. They count even if another name is beside them. */
const DOUBTFUL = new Set(['grpc-node-js', 'connect-es']);

/**
 * Whether a client may use Node's http2 client, which has two faults that others do not have:
 *
 * - A cancel ends the stream before it resets it. So half of an upload looks complete, and the reset follows one turn of the
 *   client's event loop later.
 * - With grpc-js, responses are dropped if the client reads them together with the status after them.
 *
 * A server can only wait. It waits for these clients, and for clients that it does not know. An application may put its own name
 * before that of its library (`shop/1.0 grpc-go/1.60.0`), so the name may be anywhere in the text. A client with a false
 * name deceives the server only about its own calls.
 */
export function isDoubtful(userAgent: string): boolean {
  const names = userAgent.split(' ').map((part) => part.split('/', 1)[0] ?? '');
  return names.some((name) => DOUBTFUL.has(name)) || !names.some((name) => CERTAIN.has(name));
}
