// The chat. Type `pnpm chat:server` here and `pnpm chat:client --name Ann` in as many other terminals as you like.
import { runServer, UsageError } from 'cli';
import { memoryRoom } from './memory-room.ts';
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

let room: Room | undefined;
// A chat has no end to wait for: who is in it is told at once, and comes back when there is a server again.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void room?.close(closing()));

await runServer({
  name: 'chat',
  serving: 'a chat',
  port: 5000,
  setup: (command) =>
    command
      .option('--history <n>', 'how many of the last messages a newcomer hears', count, 0)
      .option('--queue <n>', 'how many messages a client may be behind', atLeastOne, 10_000)
      .option('--queue-bytes <n>', 'how many bytes a client may be behind', atLeastOne, 8 * 1024 * 1024)
      .option('--drop', 'drop the oldest messages for a client that is further behind; default: end it')
      .option('--rate <n>', 'how many messages a client may send in a second', atLeastOne, 2000),
  services: ({ history, queue, queueBytes, drop, rate }) => {
    const whenFull = drop ? 'drop' : 'end';
    room = memoryRoom({ messages: queue, bytes: queueBytes, history, whenFull });
    return [chatService(room, { rate, log: console.log })];
  },
});
