// An echo over WebSocket, the same over gRPC, and a page that takes part in the gRPC chat. Type `pnpm websocket:server` here, and
// `pnpm websocket:client hello` in another terminal. For the page, `pnpm chat:server` has to run.
import { parsePort, program, UsageError } from 'cli';
import { serve } from 'grpc-iterables';
import { bridge } from './bridge.ts';
import { connectChat } from './connect-chat.ts';
import { echoService } from './echo-service.ts';
import { echo } from './echo-socket.ts';
import { pageListener } from './page.ts';
import type { TextSocket } from './text-socket.ts';
import { serveWeb } from './web-server.ts';

const GRPC_PORT = 8089;

function addOrigin(text: string, before: string[]): string[] {
  if (URL.canParse(text) && new URL(text).origin === text) return [...before, text];
  throw new UsageError(`"${text}" is not an origin such as https://example.org`);
}

function readAddress(text: string): string {
  if (/^\S+:\d+$/.test(text)) return text;
  throw new UsageError(`"${text}" is not an address such as 127.0.0.1:5000`);
}

const { options } = program('pnpm websocket:server', 'Serves WebSockets, and gRPC beside them.')
  .option('--host <address>', 'address to bind to', '127.0.0.1')
  .option('--port <number>', 'port to listen on; 0 picks a free one', parsePort, 8080)
  .option(
    '--grpc-port <number>',
    `port of the gRPC echo; default ${GRPC_PORT}, or 0 with --port 0`,
    parsePort,
  )
  .option(
    '--origin <origin>',
    'let pages of this origin connect, too; can be used several times',
    addOrigin,
    [],
  )
  .option('--chat <host:port>', 'the chat server that pages talk to', readAddress, '127.0.0.1:5000')
  .parse();
const { host, port, grpcPort, origin, chat } = options;

const upstream = connectChat(chat);
try {
  const routes = {
    '/ws': { longestMessage: 1024 * 1024, serve: echo },
    '/chat': {
      longestMessage: 32 * 1024,
      endless: true,
      serve: (socket: TextSocket) => bridge(socket, upstream),
    },
  };
  const web = await serveWeb(routes, { host, port, origins: origin, page: pageListener() });
  const shutdown = () => web.shutdown().then(upstream.close);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, shutdown);
  console.log(`Serving WebSocket on ${web.address}`);
  const grpcServer = await serve([echoService()], {
    host,
    port: grpcPort ?? (port === 0 ? 0 : GRPC_PORT),
    handleSignals: true,
  });
  console.log(`Serving gRPC on ${grpcServer.address}`);
  console.log(`Pages talk in the chat at ${chat}`);
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  console.error(`cannot listen: ${message}; choose other ports with "pnpm websocket:server --port 0"`);
  process.exit(1);
}
