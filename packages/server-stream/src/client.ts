// Server streaming: sends one number, and prints each of its powers when it arrives.
// Start `pnpm server-stream:server` in another terminal first.
import { runClient, UsageError } from 'cli';
import { ServerStream } from 'proto';
import { fitsInt64 } from './pow.ts';

function readInt64(text: string): string {
  if (/^-?\d+$/.test(text) && fitsInt64(BigInt(text))) return text;
  throw new UsageError(`"${text}" is not an int64: a whole number from -(2 ** 63) to 2 ** 63 - 1`);
}

function readCount(text: string): number {
  if (/^\d+$/.test(text) && Number(text) < 2 ** 31) return Number(text);
  throw new UsageError(`"${text}" is not a whole number from 0 to 2 ** 31 - 1`);
}

await runClient(
  {
    name: 'server-stream',
    description: 'Prints the powers of a number.',
    port: 8082,
    client: ServerStream,
    setup: (command) =>
      command
        .argument('[number]', 'a number; any int64', readInt64, '2')
        .option('--count <n>', 'how many powers; 0 means ten', readCount, 0),
  },
  async (client, { args: [number], options: { count }, call }) => {
    for await (const power of client.pow({ number, count }, call)) console.log(`Recv data:${power.number}`);
    console.log('server closed');
  },
);
