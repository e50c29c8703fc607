// A client of the chat. Start `pnpm chat:server` first, then this in several terminals. Each line that you type is a message.
// With `--send 1000` it sends a thousand messages by itself, and with `--tour` it plays two people who talk.
import type { ChannelCredentials, ClientOptions } from '@grpc/grpc-js';
import { runClient, UsageError } from 'cli';
import { ChatServices } from 'proto';
import { sendMany } from './bulk.ts';
import { talk } from './talk.ts';
import { tour } from './tour.ts';

/** How often to look for a lost server. Without this, grpc-js would wait up to two minutes. */
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
        .option('--name <name>', 'your name; default: the program asks for it')
        .option(
          '--send <n>',
          'send this many numbered messages, and leave when the server has acknowledged them',
          atLeastOne,
        )
        .option('--prefix <text>', 'the text before each number', '')
        .option('--tour', 'let two people talk'),
  },
  async (client, { options: { name, send, prefix, tour: touring }, call }) => {
    if (touring) await tour(client, call, console.log);
    else if (send) await sendMany(client, { name: name ?? 'Bulk', count: send, prefix, call }, console.log);
    else await talk(client, name, call);
  },
);
