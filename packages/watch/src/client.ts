// The client of the store: `put KEY VALUE`, `get KEY`, `ls [PREFIX]`, `rm KEY`, `watch [PREFIX]`.
// Start `pnpm watch:server` in another terminal first. `tour` shows a watch whose changes this program makes itself.
import { runClient, UsageError } from 'cli';
import { Store } from 'proto';
import { commands } from './commands.ts';

function atLeastOne(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new UsageError(`"${text}" is not a whole number from 1`);
}

await runClient(
  {
    name: 'watch',
    description: 'Puts, reads, lists, deletes and watches keys.',
    port: 8087,
    client: Store,
    setup: (command) =>
      command
        .argument(
          '<command>',
          Object.values(commands)
            .map(({ usage }) => usage)
            .join(', '),
        )
        .argument('[arguments...]')
        .option('--count <n>', 'watch: end after this many changes', atLeastOne)
        .option('--latest', 'watch: if this client is too slow, only the latest change of each key'),
  },
  async (client, { args: [name, words = []], options, call }) => {
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command)
      throw new UsageError(`no command "${name}"; there are: ${Object.keys(commands).join(', ')}`);
    if (words.length < command.least || words.length > command.most)
      throw new UsageError(`usage: pnpm watch:client ${command.usage}`);
    await command.run({ client, words, options, call });
  },
);
