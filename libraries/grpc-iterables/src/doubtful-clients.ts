// Which clients a server has to give time to, by their user agent.

/**
 * The names under which gRPC libraries go that reset a stream without ending it first. When the requests of such a
 * client end, they are complete, or grpc-js knows at once that they are not.
 */
const CERTAIN = new Set([
  'grpc-node-http2-channel',
  'grpc-go',
  // The C core, and the languages that stand on it.
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

/** Those on Node's own http2 client, whatever else stands beside them. */
const DOUBTFUL = new Set(['grpc-node-js', 'connect-es']);

/**
 * Whether a client may stand on the client of Node's http2, which does two things that no other does:
 *
 * - A cancel ends the stream before it resets it, so half an upload arrives as a complete one, and the reset that
 *   gives it away follows a turn of the client's event loop later.
 * - grpc-js on it drops responses that it reads together with the status after them.
 *
 * A server can only wait. It does so for these clients, and for those that it does not know. An application may put
 * its own name before that of its library (`shop/1.0 grpc-go/1.60.0`), so the name is looked for anywhere. A client
 * that claims to be another one deceives the server about its own calls alone.
 */
export function isDoubtful(userAgent: string): boolean {
  const names = userAgent.split(' ').map((part) => part.split('/', 1)[0] ?? '');
  return names.some((name) => DOUBTFUL.has(name)) || !names.some((name) => CERTAIN.has(name));
}
