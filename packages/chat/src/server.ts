// The chat server. Type `pnpm chat:server` here, and `pnpm chat:client --name Ann` in as many other terminals as you like.
import { runServer, UsageError } from 'cli';
import type { AudienceOptions } from './audience.ts';
import { memoryRoom } from './memory-room.ts';
import { natsRoom } from './nats-room.ts';
import { closing } from './refusals.ts';
import type { Room } from './room.ts';
import { chatService } from './service.ts';

function count(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`"${text}" is not a whole number`);
}

function atLeastOne(text: string): number {
  if (count(text) > 0) return count(text);
  throw new UsageError('must be at least 1');
}

async function roomIn(broker: string, name: string, limits: AudienceOptions): Promise<Room> {
  if (!/^[\w-]+$/.test(name))
    throw new UsageError(`"${name}" is not the name of a room: it may have letters, digits, - and _`);
  try {
    return await natsRoom({ broker, name, log: console.log, ...limits });
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new UsageError(`no room in ${broker}: ${reason}; start a broker with "nats-server -js"`);
  }
}

let room: Room | undefined;
// A chat never ends by itself. On shutdown the server ends all calls at once, and clients connect again when there is a server.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void room?.close(closing()));

await runServer({
  name: 'chat',
  serving: 'a chat',
  port: 5000,
  setup: (command) =>
    command
      .option('--history <n>', 'how many of the last messages a newcomer hears', count, 0)
      .option('--queue <n>', 'how many unread messages a client may have', atLeastOne, 10_000)
      .option('--queue-bytes <n>', 'how many unread bytes a client may have', atLeastOne, 8 * 1024 * 1024)
      .option('--drop', 'drop the oldest messages for a client that has more; default: end its call')
      .option(
        '--broker <url>',
        'keep the room in NATS, as in nats://127.0.0.1:4222; default: in this process',
      )
      .option('--room <name>', 'the name of the room in the broker', 'main')
      .option('--rate <n>', 'how many messages a client may send in a second', atLeastOne, 2000),
  services: async ({ history, queue, queueBytes, drop, rate, broker, room: name }) => {
    const whenFull = drop ? 'drop' : 'end';
    const limits: AudienceOptions = { messages: queue, bytes: queueBytes, history, whenFull };
    room = broker ? await roomIn(broker, name, limits) : memoryRoom(limits);
    return [chatService(room, { rate, log: console.log })];
  },
});
