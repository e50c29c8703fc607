// Client streaming: sends numbers, and prints their sum.
// Start `pnpm client-stream:server` in another terminal first.
import { runClient } from 'cli';
import { ClientStream } from 'proto';
import { numbersIn, numbersOf } from './numbers.ts';

async function* asRequests(numbers: Iterable<string> | AsyncIterable<string>) {
  for await (const data of numbers) yield { data };
}

await runClient(
  {
    name: 'client-stream',
    description: 'Prints the sum of numbers.',
    port: 8081,
    client: ClientStream,
    setup: (command) =>
      command.argument(
        '[numbers...]',
        'int64s to add, default 0 to 9; - reads them from standard input, one per line',
      ),
  },
  async (client, { args: [texts = []], call }) => {
    const numbers = texts[0] === '-' ? numbersIn(process.stdin) : numbersOf(texts);
    const { sum } = await client.sum(asRequests(numbers), call);
    console.log(`sum: ${sum}`);
  },
);
