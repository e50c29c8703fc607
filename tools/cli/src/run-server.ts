import { type RunningServer, type ServeOptions, type Service, serve } from 'grpc-iterables';
import type { Command } from './command.ts';
import { commandOf } from './command-of.ts';
import { parsePort } from './duration.ts';
import { continueWithoutOutput } from './lost-output.ts';
import { fail, program } from './program.ts';
import { serverTls, type TlsFiles, withTlsOptions } from './tls.ts';
import { UsageError } from './usage-error.ts';

interface ServerOptions extends TlsFiles {
  host: string;
  port: number;
}

export interface ServerProgram<Options extends ServerOptions> {
  /** What the names of its scripts begin with, as in `NAME:server`. */
  name: string;
  /** What it serves, for its first line: `Serving Pow on …`. */
  serving: string;
  /** The default port. */
  port: number;
  /** Adds the options of the pattern. */
  setup?: (command: Command<ServerOptions>) => Command<Options>;
  services: (options: Options) => Service[] | Promise<Service[]>;
  /** How many bytes of a call a client may send before the server reads them. Default: 65,535. */
  window?: number;
  /** Middleware and options of the grpc-js server. */
  around?: (options: Options) => Pick<ServeOptions, 'middleware' | 'channelOptions'>;
  /** Ends the server on SIGINT and SIGTERM. Default: it shuts down at once. */
  onSignals?: (server: RunningServer, options: Options) => void;
}

/**
 * A whole server program: options, listening, and a graceful end on SIGINT and SIGTERM.
 *
 * Exits with 0 after a graceful end, with 1 if it cannot listen, and with 2 on wrong usage.
 * If its output cannot be written, it continues without.
 */
export async function runServer<Options extends ServerOptions = ServerOptions>(
  what: ServerProgram<Options>,
): Promise<void> {
  const { name, serving, port, setup, services, window, around, onSignals } = what;
  const command = program(commandOf(name, 'server'), `Serves ${serving}.`)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <number>', 'port to listen on; 0 picks a free one', parsePort, port);
  const base: Command<ServerOptions> = withTlsOptions(
    command,
    'certificates of clients, which then must have one',
  );
  // Without `setup` the options are those of every server.
  const { options } = (setup?.(base) ?? (base as Command<Options>)).parse();
  continueWithoutOutput();

  try {
    const tls = serverTls(options);
    const running = await serve(await services(options), {
      ...around?.(options),
      host: options.host,
      port: options.port,
      handleSignals: onSignals === undefined,
      ...(tls ? { tls } : {}),
      ...(window === undefined ? {} : { window }),
    });
    onSignals?.(running, options);
    console.log(`Serving ${serving} on ${running.address}`);
    await running.closed;
  } catch (error) {
    if (error instanceof UsageError) fail(error.message, 2);
    else fail(whyNotListening(error, options.host, options.port, name), 1);
  }
}

function whyNotListening(error: unknown, host: string, port: number, name: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return `port ${port} on ${host} is taken; choose another one with "${commandOf(name, 'server', '--port 0')}"`;
  }
  if (code === undefined) throw error;
  return `cannot listen on ${host}:${port}: ${message}`;
}
