// The proxy. Type `pnpm messanger:server` in one terminal, `pnpm chat-proxy:server` here, `pnpm chat-proxy:client` in a third.
// With `--proto FILE --to HOST:PORT` it is a proxy for any other server, and decodes no message.
import { setDefaultHighWaterMark } from 'node:stream';
import { runServer, UsageError } from 'cli';
import { connectMessanger, messangerProxy } from './messanger-proxy.ts';
import { bytesDefinition, connectBytes, passThrough } from './pass-through.ts';

function parseAddress(text: string): string {
  if (!/^\S+:\d+$/.test(text)) throw new UsageError(`"${text}" is not an address such as 127.0.0.1:10000`);
  return text;
}

function parseProto(file: string): ReturnType<typeof bytesDefinition> {
  try {
    return bytesDefinition(file);
  } catch (error) {
    throw new UsageError(`cannot use ${file}: ${error instanceof Error ? error.message : error}`);
  }
}

// Each call is four object streams of grpc-js. By default each of them can hold 16 messages, whatever their size.
setDefaultHighWaterMark(true, 2);

await runServer({
  name: 'chat-proxy',
  serving: 'a proxy',
  port: 10_001,
  setup: (command) =>
    command
      .option('--to <host:port>', 'the server to pass calls on to', parseAddress, '127.0.0.1:10000')
      .option(
        '--proto <file>',
        'pass on every call of the services in this .proto; default: MessangerProxy to Messanger',
        parseProto,
      ),
  services: ({ to, proto }) => {
    console.log(`Passing ${proto ? Object.keys(proto).join(', ') : 'MessangerProxy'} on to ${to}`);
    return [proto ? passThrough(proto, connectBytes(to, proto)) : messangerProxy(connectMessanger(to))];
  },
});
