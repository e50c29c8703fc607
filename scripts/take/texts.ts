// What changes in a source when it leaves the workspace: commands are those of the new project, and marks for READMEs go.

/** Scripts of the workspace to those of the project, as in `client-stream:server` to `server`. */
export type ScriptNames = ReadonlyMap<string, string>;

const REGION = /^[ \t]*\/\/ #(?:end)?region .*\n/gm;
const HERE = /\bthis (?:workspace|chapter)\b/g;
const COMMAND = /\bpnpm ([\w-]+:[\w-]+)( --)?/g;
const PROGRAM = /\b(?:pnpm exec )?tsx ((?:packages|libraries|tools)\/[\w./-]+\.ts)/g;

/**
 * A source without region marks, that names the commands of the project.
 *
 * @param files source paths to those in the project
 */
export function adapted(text: string, files: ReadonlyMap<string, string>, scripts: ScriptNames): string {
  return aboutProject(text)
    .replace(REGION, '')
    .replace(PROGRAM, (whole, file: string) => (files.has(file) ? `npx tsx ${files.get(file)}` : whole))
    .replace(COMMAND, (whole, script: string, options = '') => {
      const name = scripts.get(script);
      // npm passes options on to a program only behind two dashes.
      return name === undefined ? whole : `npm run ${name}${options && ` --${options}`}`;
    });
}

/** A text that calls itself a project. */
export function aboutProject(text: string): string {
  return text.replace(HERE, 'this project');
}

/** The files of `cli` that show commands. */
export const COMMAND_OF = 'src/cli/command-of.ts';
export const HELP = 'src/cli/help.ts';

/** The help of a program that npm starts. */
export function withDashes(text: string): string {
  return text.replace("'[options]'", "'-- [options]'");
}

/** The file of `cli` that names commands, for a project whose scripts are called `server` or `client`. */
export function commandOfText(pattern: string): string {
  return `/**
 * The command that starts a program, for messages and \`--help\`. The scripts of ${pattern} have no
 * prefix: \`server\`, \`client\`. All other scripts have one: \`NAME:server\`.
 *
 * @param options what follows it
 */
export function commandOf(name: string, program: string, options = ''): string {
  const script = name === '${pattern}' ? program : \`\${name}:\${program}\`;
  return \`npm run \${script}\${options && \` -- \${options}\`}\`;
}
`;
}
