// `pnpm exercise` lists the exercises; `pnpm exercise NAME` runs the check of one against your file, which it makes at first from
// the starting point; with `--solution` it runs against the solution.
import { once } from 'node:events';
import { copyFileSync, existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { exercisesFolder, findExercises, startCheck } from './exercises.ts';

function refuse(reason: string): never {
  console.error(`${reason}\nusage: pnpm exercise [NAME [--solution]]`);
  process.exit(2);
}

function usage() {
  try {
    return parseArgs({ allowPositionals: true, options: { solution: { type: 'boolean', default: false } } });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

/** The reader's file, made from the starting point where there is none. */
function yours(name: string): string {
  const folder = `${exercisesFolder}/${name}`;
  if (!existsSync(`${folder}/yours.ts`)) {
    copyFileSync(`${folder}/start.ts`, `${folder}/yours.ts`);
    console.log(`wrote exercises/${name}/yours.ts: it says what to do; edit it, and run this again`);
  }
  return 'yours.ts';
}

const { positionals, values } = usage();
const [name, ...more] = positionals;
const exercises = findExercises();
if (more.length > 0) refuse('one exercise at a time');
if (name === undefined) {
  const width = Math.max(...exercises.map((exercise) => exercise.name.length));
  for (const chapter of [
    'server-stream',
    'client-stream',
    'bidi-stream',
    'errors',
    'grpc-iterables',
    'file-transfer',
    'watch',
    'work-queue',
  ]) {
    console.log(chapter);
    for (const exercise of exercises.filter((one) => one.chapter === chapter)) {
      console.log(`  ${exercise.name.padEnd(width)}  ${exercise.task}`);
    }
  }
  process.exit();
}
if (!exercises.some((exercise) => exercise.name === name))
  refuse(`no exercise "${name}"; pnpm exercise lists them`);
const [exitCode] = await once(
  startCheck(name, values.solution ? 'solution.ts' : yours(name), 'inherit'),
  'exit',
);
process.exitCode = exitCode === 0 ? 0 : 1;
console.log(
  exitCode !== 0
    ? `\nnot yet; exercises/${name}/solution.ts shows one way`
    : values.solution
      ? '\nthe solution passes'
      : '\nsolved',
);
