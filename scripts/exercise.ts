// `pnpm exercise` lists the exercises. `pnpm exercise NAME` runs a check on your file, which it copies from the starting point at
// first. With `--solution` it runs the check on the solution.
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

/** The reader's file. If there is none, it is copied from the starting point. */
function yours(name: string): string {
  const folder = `${exercisesFolder}/${name}`;
  if (!existsSync(`${folder}/yours.ts`)) {
    copyFileSync(`${folder}/start.ts`, `${folder}/yours.ts`);
    console.log(
      `wrote exercises/${name}/yours.ts. Its first lines say what to do. Edit it, and run this command again`,
    );
  }
  return 'yours.ts';
}

const { positionals, values } = usage();
const [name, ...more] = positionals;
const exercises = findExercises();
if (more.length > 0) refuse('one exercise at a time');
if (name === undefined) {
  const width = Math.max(...exercises.map((exercise) => exercise.name.length));
  for (const chapter of new Set(exercises.map((exercise) => exercise.chapter))) {
    console.log(chapter);
    for (const exercise of exercises.filter((one) => one.chapter === chapter)) {
      console.log(`  ${exercise.name.padEnd(width)}  ${exercise.task}`);
    }
  }
  process.exit();
}
if (!exercises.some((exercise) => exercise.name === name))
  refuse(`there is no exercise "${name}"; "pnpm exercise" lists all`);
const [exitCode] = await once(
  startCheck(name, values.solution ? 'solution.ts' : yours(name), 'inherit'),
  'exit',
);
process.exitCode = exitCode === 0 ? 0 : 1;
console.log(
  exitCode !== 0
    ? `\nNot solved yet. There is a hint in exercises/README.md, under "${name}", and a solution in exercises/${name}/solution.ts`
    : values.solution
      ? '\nthe solution passes'
      : '\nsolved',
);
