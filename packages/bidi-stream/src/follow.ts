// Two directions that do not wait for each other: prints prices, while you choose which shares to follow.
// Start `pnpm bidi-stream:server` first. Type a share to follow it, and a minus before it to stop.
import { createInterface } from 'node:readline/promises';
import { runClient } from 'cli';
import { Prices } from 'proto';

async function* choices(shares: string[], input: NodeJS.ReadableStream) {
  for (const share of shares) yield { share };
  for await (const line of createInterface({ input })) {
    if (line.startsWith('-')) yield { share: line.slice(1), stop: true };
    else yield { share: line };
  }
}

await runClient(
  {
    name: 'bidi-stream',
    description: 'Prints the prices of shares, and reads from standard input which ones to follow.',
    port: 8083,
    client: Prices,
    setup: (command) => command.argument('[shares...]', 'shares to follow from the start: ACME, BOLT'),
  },
  async (client, { args: [shares = []], call }) => {
    for await (const { share, price } of client.follow(choices(shares, process.stdin), call)) {
      console.log(`${share} ${price}`);
    }
  },
);
