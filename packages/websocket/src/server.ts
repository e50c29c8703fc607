// An echo over WebSocket and the same over gRPC. Type `pnpm websocket:server` here, and `pnpm websocket:client hello` or
// `pnpm websocket:grpc-client hello` in another terminal.
import { parsePort, program, UsageError } from 'cli';
import { serve } from 'grpc-iterables';
import { echoService } from './echo-service.ts';
import { echo } from './echo-socket.ts';
import { pageListener } from './page.ts';
import { serveWeb } from './web-server.ts';

const GRPC_PORT = 8086;

function addOrigin(text: string, before: string[]): string[] {
  if (URL.canParse(text) && new URL(text).origin === text) return [...before, text];
  throw new UsageError(`"${text}" is not an origin such as https://example.org`);
}

const { host, port, grpcPort, origin } = program(
  'pnpm websocket:server',
  'Serves WebSockets, and gRPC beside them.',
)
  .option('--host <address>', 'address to bind to', '127.0.0.1')
  .option('--port <number>', 'port to listen on; 0 picks a free one', parsePort, 8080)
  .option(
    '--grpc-port <number>',
    `port of the gRPC echo; default ${GRPC_PORT}, or 0 with --port 0`,
    parsePort,
  )
  .option('--origin <origin>', 'let pages of this origin connect too; may be given again', addOrigin, [])
  .parse()
  .opts();

try {
  const web = await serveWeb(
    { '/ws': { longestMessage: 1024 * 1024, serve: echo } },
    { host, port, origins: origin, page: pageListener() },
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void web.shutdown());
  console.log(`Serving WebSocket on ${web.address}`);
  const grpcServer = await serve([echoService()], {
    host,
    port: grpcPort ?? (port === 0 ? 0 : GRPC_PORT),
    handleSignals: true,
  });
  console.log(`Serving gRPC on ${grpcServer.address}`);
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  console.error(`cannot listen: ${message}; choose other ports with "pnpm websocket:server --port 0"`);
  process.exit(1);
}
