import * as grpc from '@grpc/grpc-js';
import type { Command, OptionValues } from 'commander';
import {
  type CallOptions,
  type IterableClient,
  iterableClient,
  StatusError,
  streamingChannelOptions,
} from 'grpc-iterables';
import { parseDuration } from './duration.ts';
import { fail, program } from './program.ts';
import { addTlsOptions, clientCredentials, whyNoTls } from './tls.ts';
import { UsageError } from './usage-error.ts';

/** A client class as grpc-js's loader and most code generators make it. */
export interface ClientClass<Client extends grpc.Client> {
  new (address: string, credentials: grpc.ChannelCredentials, options?: grpc.ClientOptions): Client;
  readonly service: grpc.ServiceDefinition;
}

export interface ClientProgram<Client extends grpc.Client> {
  /** The package's name: `pnpm NAME:client` starts it. */
  name: string;
  description: string;
  /** The default port of the server. */
  port: number;
  client: ClientClass<Client>;
  /** Adds arguments and options of its own. */
  setup?: (command: Command) => Command;
}

/** What the user asked for, and what every call takes. */
export interface ClientRun {
  /** The arguments, each as `setup` had it parsed. */
  readonly args: Command['processedArgs'];
  readonly options: OptionValues;
  readonly call: CallOptions;
}

const CONNECT_TIMEOUT = 4000;
const INTERRUPTED = 130;

/**
 * A whole client program around `use`: options, connecting, Ctrl-C, and how it ends.
 *
 * Exits with 0 if `use` resolves, 1 on a StatusError (`CODE_NAME: message`), 2 on wrong usage or a UsageError,
 * 130 after Ctrl-C, which aborts `call.signal`.
 */
export async function runClient<Client extends grpc.Client>(
  { name, description, port, client: ClientClass, setup }: ClientProgram<Client>,
  use: (client: IterableClient<Client>, run: ClientRun) => Promise<void>,
): Promise<void> {
  const command = program(`pnpm ${name}:client`, description)
    .option('--address <host:port>', 'where the server is', `127.0.0.1:${port}`)
    .option(
      '--timeout <duration>',
      'give up after this long, such as 500ms or 5s; default: never',
      parseDuration,
    );
  addTlsOptions(command, "the server's certificate, for TLS");
  (setup?.(command) ?? command).parse();
  const options = command.opts();

  const interrupt = new AbortController();
  const onInterrupt = () => interrupt.abort();
  process.once('SIGINT', onInterrupt);
  let client: Client | undefined;
  try {
    client = new ClientClass(options.address, clientCredentials(options), streamingChannelOptions);
    await connected(client, options, name, interrupt.signal);
    const call = { signal: interrupt.signal, timeout: options.timeout };
    await use(iterableClient(client, ClientClass.service), { args: command.processedArgs, options, call });
  } catch (error) {
    report(error, interrupt.signal);
  } finally {
    process.off('SIGINT', onInterrupt);
    client?.close();
    // A call that ended early may leave a read of standard input pending, which would keep the process alive.
    process.stdin.destroy();
  }
}

function connected(
  client: grpc.Client,
  options: OptionValues,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    client.waitForReady(Date.now() + CONNECT_TIMEOUT, async (error) => {
      if (!error) return resolve();
      const reason = await whyNoTls(options.address, options);
      reject(
        new StatusError(
          grpc.status.UNAVAILABLE,
          reason === undefined
            ? `no server at ${options.address}; start one with "pnpm ${name}:server"`
            : `TLS with ${options.address} failed: ${reason}`,
        ),
      );
    });
  });
}

function report(error: unknown, interrupted: AbortSignal): void {
  if (interrupted.aborted) fail('cancelled', INTERRUPTED);
  else if (error instanceof UsageError) fail(error.message, 2);
  else if (error instanceof StatusError) fail(`${grpc.status[error.code]}: ${error.details}`, 1);
  else throw error;
}
