import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { plainEnvironment } from '../tools/cli/src/environment.ts';
import { partsOf } from './docs-path.ts';
import { root } from './workspace.ts';

export const exercisesFolder = fileURLToPath(new URL('../exercises', import.meta.url));

export interface Exercise {
  name: string;
  /** The chapter after which it comes, such as `server-stream`. */
  chapter: string;
  /** What to do, in one sentence. */
  task: string;
}

/**
 * The chapters in reading order, each with its page. `first-stream.md` is `first-stream`, `chat/README.md` is `chat`, and
 * `chat/COMING-BACK.md` is `chat-coming-back`.
 */
export function chapterPages(): Map<string, string> {
  const chapters = partsOf(readFileSync(`${root}README.md`, 'utf8')).flatMap((part) => part.chapters);
  return new Map(
    chapters.map(({ path }) => {
      const [file = '', folder = ''] = path.split('/').reverse();
      const name = file.replace('.md', '');
      const isBesideReadme = name === name.toUpperCase();
      if (name === 'README') return [folder, path];
      return [isBesideReadme ? `${folder}-${name.toLowerCase()}` : name, path];
    }),
  );
}

/** All exercises, in the order of their chapters. The first line of a starting point names the chapter and says what to do. */
export function findExercises(): Exercise[] {
  const names = readdirSync(exercisesFolder).filter((name) =>
    existsSync(`${exercisesFolder}/${name}/start.ts`),
  );
  const chapters = [...chapterPages().keys()];
  const found = names.sort().map((name) => {
    const [heading = ''] = readFileSync(`${exercisesFolder}/${name}/start.ts`, 'utf8').split('\n');
    const [, chapter = '', task = ''] = /^\/\/ ([\w-]+): (.+)$/.exec(heading) ?? [];
    return { name, chapter, task };
  });
  return found.sort((one, other) => chapters.indexOf(one.chapter) - chapters.indexOf(other.chapter));
}

/** Runs the check of an exercise on a file beside it. */
export function startCheck(name: string, file: string, stdio: 'inherit' | 'pipe'): ChildProcess {
  const env = stdio === 'pipe' ? plainEnvironment() : process.env;
  return spawn(
    process.execPath,
    ['--import', 'tsx', '--test-force-exit', '--test-reporter=spec', `${exercisesFolder}/${name}/check.ts`],
    { stdio: ['ignore', stdio, stdio], env: { ...env, EXERCISE_FILE: file } },
  );
}
