// A client of the chat. Start `pnpm chat:server` first, then this in several terminals: a line typed is a message.
// With `--send 1000` it sends that many by itself, and with `--tour` it plays both of two people who talk.
import type { ChannelCredentials, ClientOptions } from '@grpc/grpc-js';
import { runClient, UsageError } from 'cli';
import { ChatServices } from 'proto';
import { sendMany } from './bulk.ts';
import { talk } from './talk.ts';
import { tour } from './tour.ts';

/** Looks for a server that went away every few seconds; by itself grpc-js would wait up to two minutes. */
class PersistentClient extends ChatServices {
  constructor(address: string, credentials: ChannelCredentials, options?: ClientOptions) {
    super(address, credentials, {
      ...options,
      'grpc.initial_reconnect_backoff_ms': 100,
      'grpc.max_reconnect_backoff_ms': 2000,
    });
  }
}

function atLeastOne(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UsageError(`"${text}" is not a whole number from 1`);
}

await runClient(
  {
    name: 'chat',
    description: 'Talks in the chat: each line is a message; /help lists the commands.',
    port: 5000,
    client: PersistentClient,
    setup: (command) =>
      command
        .option('--name <name>', 'who is talking; default: it asks')
        .option('--send <n>', 'send so many numbered messages, and leave when they are taken', atLeastOne)
        .option('--prefix <text>', 'what stands before the number of each', '')
        .option('--tour', 'let two people talk'),
  },
  async (client, { options: { name, send, prefix, tour: touring }, call }) => {
    if (touring) await tour(client, call, console.log);
    else if (send) await sendMany(client, { name: name ?? 'Bulk', count: send, prefix, call }, console.log);
    else await talk(client, name, call);
  },
);
