// gRPC by hand: serves Pow, Sum and Sqrt on one port.
// Type `pnpm by-hand:server` here and `pnpm by-hand:client pow 3` in another terminal.
import { parsePort } from 'cli/duration';
import { program } from 'cli/program';
import { routes } from './handlers.ts';
import { serve } from './serve.ts';

const { options } = program('pnpm by-hand:server', 'Serves Pow, Sum and Sqrt.')
  .option('--port <number>', 'port to listen on; 0 picks a free one', parsePort, 8085)
  .parse();

const server = await serve(routes, options.port);
console.log(`Serving Pow, Sum and Sqrt on ${server.address}`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.shutdown());
