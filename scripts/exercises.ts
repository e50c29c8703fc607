import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { plainEnvironment } from '../tools/cli/src/environment.ts';

export const exercisesFolder = fileURLToPath(new URL('../exercises', import.meta.url));

export interface Exercise {
  name: string;
  /** The chapter that it belongs to. */
  chapter: string;
  /** In a sentence. */
  task: string;
}

/** The folders with a starting point, whose first line says which chapter it belongs to, and what to do. */
export function findExercises(): Exercise[] {
  const names = readdirSync(exercisesFolder).filter((name) =>
    existsSync(`${exercisesFolder}/${name}/start.ts`),
  );
  return names.sort().map((name) => {
    const [heading = ''] = readFileSync(`${exercisesFolder}/${name}/start.ts`, 'utf8').split('\n');
    const [, chapter = '', task = ''] = /^\/\/ ([\w-]+): (.+)$/.exec(heading) ?? [];
    return { name, chapter, task };
  });
}

/** Runs the check of an exercise against a file beside it. */
export function startCheck(name: string, file: string, stdio: 'inherit' | 'pipe'): ChildProcess {
  const env = stdio === 'pipe' ? plainEnvironment() : process.env;
  return spawn(
    process.execPath,
    ['--import', 'tsx', '--test-force-exit', '--test-reporter=spec', `${exercisesFolder}/${name}/check.ts`],
    { stdio: ['ignore', stdio, stdio], env: { ...env, EXERCISE_FILE: file } },
  );
}
