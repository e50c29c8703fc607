// A program that prints what it was given, for tests.
import { parseDuration } from '../src/duration.ts';
import { program } from '../src/program.ts';

const { options, args } = program('pnpm options', 'Prints its options.')
  .option('--longest-wait <duration>', 'how long', parseDuration, 1000)
  .option('--name <name>', 'who')
  .option('--tag <tag>', 'may be given again', (tag, before: string[]) => [...before, tag], ['none'])
  .option('--all', 'everything')
  .argument('<first>', 'needed')
  .argument('[more...]', 'not needed')
  .parse();
console.log(JSON.stringify({ ...options, args }));
