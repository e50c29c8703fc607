// `pnpm traps` lists the traps. `pnpm traps 3` runs the third one: with grpc-js alone, then with grpc-iterables.
import { traps } from './all.ts';
import type { Outcome } from './trap.ts';

const [chosen] = process.argv.slice(2);

function print(version: string, what: string, { wrong, of, client, server }: Outcome): void {
  console.log(`\n${version}: ${wrong} of ${of} ${what}`);
  console.log(`  client: ${client}`);
  console.log(`  server: ${server}`);
}

if (chosen === undefined) {
  for (const [index, { name, title }] of traps.entries()) {
    console.log(`${String(index + 1).padEnd(2)}  ${name.padEnd(25)} ${title}`);
  }
} else {
  const trap = traps.find(({ name }, index) => name === chosen || String(index + 1) === chosen);
  if (!trap) {
    console.error(
      `there is no trap "${chosen}"; "pnpm traps" lists the numbers 1 to ${traps.length} and the names`,
    );
    process.exit(2);
  }
  console.log(trap.title);
  print('bare grpc-js', trap.what, await trap.bare());
  print('grpc-iterables', trap.what, await trap.ours());
}
