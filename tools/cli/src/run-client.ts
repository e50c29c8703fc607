import * as grpc from '@grpc/grpc-js';
import {
  type CallOptions,
  type ClientClass,
  type ConnectedClient,
  type ConnectOptions,
  connect,
  StatusError,
} from 'grpc-iterables';
import type { Command } from './command.ts';
import { commandOf } from './command-of.ts';
import { parseDuration } from './duration.ts';
import { endWithoutOutput } from './lost-output.ts';
import { printable } from './printable.ts';
import { fail, program } from './program.ts';
import { clientTls, type TlsFiles, withTlsOptions } from './tls.ts';
import { UsageError } from './usage-error.ts';

/** The options of every client. */
export interface ClientOptions extends TlsFiles {
  address: string;
  timeout: number | undefined;
}

export interface ClientProgram<
  Client extends grpc.Client,
  Options extends ClientOptions,
  Args extends unknown[],
> {
  /** What the names of its scripts begin with, as in `NAME:client`. */
  name: string;
  /** The part after the name, if a package has several clients; default: `client`. */
  program?: string;
  description: string;
  /** The default port of the server. */
  port: number;
  client: ClientClass<Client>;
  /** Options of the connection, without TLS. */
  connection?: Omit<ConnectOptions, 'tls'>;
  /** Adds the arguments and options of the pattern. */
  setup?: (command: Command<ClientOptions>) => Command<Options, Args>;
}

/** The arguments and options of the user, and the options of every call. */
export interface ClientRun<Client, Options = ClientOptions, Args = unknown[]> {
  /** The arguments, parsed as `setup` says. */
  readonly args: Args;
  readonly options: Options;
  readonly call: CallOptions;
  /** Makes another client with its own connection, for a program that replaces a silent connection. Close it. */
  readonly connect: () => ConnectedClient<Client>;
  /** Makes a client of another service of the server, or one with other options. It is closed when the program ends. */
  connectTo<Other extends grpc.Client>(
    client: ClientClass<Other>,
    options?: Pick<ConnectOptions, 'callCredentials' | 'middleware'>,
  ): ConnectedClient<Other>;
}

const CONNECT_TIMEOUT = 4000;
// In milliseconds. The servers of these programs allow PINGs at this interval.
const KEEPALIVE_INTERVAL = 30_000;
// Short pauses, because the server may start at the same time, or again after a long break. In milliseconds.
const RETRY_INTERVAL = 200;
const LONGEST_RETRY_INTERVAL = 5000;
const INTERRUPTED = 130;

/**
 * A whole client program around `use`: options, connecting, Ctrl-C, and how it ends.
 *
 * Exits with 0 if `use` resolves, 1 on a StatusError (`CODE_NAME: message`), 2 on wrong usage or a UsageError,
 * 130 after Ctrl-C, which aborts `call.signal`. Ends with 1 if its output cannot be written.
 */
export async function runClient<
  Client extends grpc.Client,
  Options extends ClientOptions = ClientOptions,
  Args extends unknown[] = [],
>(
  {
    name,
    program: programName = 'client',
    description,
    port,
    client: ClientClass,
    connection,
    setup,
  }: ClientProgram<Client, Options, Args>,
  use: (client: ConnectedClient<Client>, run: ClientRun<Client, Options, Args>) => Promise<void>,
): Promise<void> {
  const command = program(commandOf(name, programName), description)
    .option('--address <host:port>', 'address of the server', `127.0.0.1:${port}`)
    .option(
      '--timeout <duration>',
      'give up after this long, such as 500ms or 5s; default: never',
      parseDuration,
    );
  const base: Command<ClientOptions> = withTlsOptions(command, "the server's certificate, for TLS");
  // Without `setup` the options are those of every client.
  const { options, args } = (setup?.(base) ?? (base as unknown as Command<Options, Args>)).parse();
  endWithoutOutput();

  const interrupt = new AbortController();
  const onInterrupt = () => interrupt.abort();
  process.once('SIGINT', onInterrupt);
  const clients: { close(): Promise<void> }[] = [];
  try {
    const connectAgain = () => open(ClientClass, options, connection);
    const connectTo: ClientRun<Client>['connectTo'] = (other, more) => {
      const opened = open(other, options, { ...connection, ...more });
      clients.push(opened);
      return opened;
    };
    const client = connectTo(ClientClass);
    await connected(client, options, name, interrupt.signal);
    const call = { signal: interrupt.signal, timeout: options.timeout };
    const run = { args, options, call, connect: connectAgain, connectTo };
    await use(client, run);
  } catch (error) {
    report(error, interrupt.signal);
  } finally {
    process.off('SIGINT', onInterrupt);
    const closed = Promise.allSettled(clients.map((client) => client.close()));
    // If a call ended early, a read of standard input may still wait. It would keep the process alive.
    process.stdin.destroy();
    // So would output that its reader does not take, for example a pager that waits for a key.
    if (interrupt.signal.aborted && process.stdout.writableLength > 0) void closed.then(() => process.exit());
  }
}

function open<Client extends grpc.Client>(
  clientClass: ClientClass<Client>,
  options: ClientOptions,
  connection: Omit<ConnectOptions, 'tls'> = {},
) {
  try {
    return connect(clientClass, options.address, {
      tls: clientTls(options),
      keepalive: { interval: KEEPALIVE_INTERVAL },
      backoff: { first: RETRY_INTERVAL, longest: LONGEST_RETRY_INTERVAL },
      ...connection,
    });
  } catch (error) {
    // The text is not an address.
    throw error instanceof TypeError ? new UsageError(error.message) : error;
  }
}

async function connected<Client>(
  { channel }: ConnectedClient<Client>,
  { address }: ClientOptions,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    await channel.ready({ timeout: CONNECT_TIMEOUT, signal });
  } catch (error) {
    if (signal.aborted) throw error;
    const { message } = error as Error;
    throw new StatusError(
      grpc.status.UNAVAILABLE,
      message.endsWith('connection refused')
        ? `no server at ${address}; start one with "${commandOf(name, 'server')}"`
        : message,
    );
  }
}

function report(error: unknown, interrupted: AbortSignal): void {
  if (interrupted.aborted) fail('cancelled', INTERRUPTED);
  else if (error instanceof UsageError) fail(error.message, 2);
  else if (error instanceof StatusError) fail(`${grpc.status[error.code]}: ${printable(error.details)}`, 1);
  else throw error;
}
