// Bidirectional streaming: sends numbers, and prints each square root when it arrives.
// Start `pnpm bidi-stream:server` in another terminal first. With `--interval 1s` you see both sides take turns.
import { setTimeout as delay } from 'node:timers/promises';
import { parseDuration, runClient } from 'cli';
import { BidirectionalStreamServer } from 'proto';
import { numbersIn, numbersOf } from './numbers.ts';

async function* asRequests(numbers: Iterable<number> | AsyncIterable<number>, interval: number) {
  let first = true;
  for await (const number of numbers) {
    if (interval > 0 && !first) await delay(interval);
    first = false;
    yield { number };
  }
}

await runClient(
  {
    name: 'bidi-stream',
    description: 'Prints the square roots of numbers.',
    port: 8083,
    client: BidirectionalStreamServer,
    setup: (command) =>
      command
        .argument('[numbers...]', 'numbers, default 0 to 9; - reads them from standard input, one per line')
        .option('--interval <duration>', 'wait between numbers, such as 500ms or 1s', parseDuration, 0),
  },
  async (client, { args: [texts = []], options, call }) => {
    const numbers = texts[0] === '-' ? numbersIn(process.stdin) : numbersOf(texts);
    for await (const { sqrt } of client.sqrt(asRequests(numbers, options.interval), call)) {
      console.log(`Recv Data:${sqrt}`);
    }
    console.log('Server Closed');
  },
);
