// Follows docs/first-stream.md as a reader does: saves its files, types its commands, and compares what is printed.
import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { plainEnvironment } from '../tools/cli/src/environment.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
// What is committed here. A reader clones the same from elsewhere.
const origin = new URL('..', import.meta.url).href;
const BLOCK = /^(?:<!-- code: first-stream\/(\S+) -->\n)?```(\w+)\n([\s\S]*?)^```$/gm;
// npx asks before it installs pnpm; this says yes.
const env = plainEnvironment({ npm_config_yes: 'true' });

/** A program whose lines are compared with the page, one after the other. */
class Terminal {
  private readonly child: ChildProcess;
  private readonly lines: AsyncIterator<string>;
  private readonly command: string;

  constructor(command: string, cwd: string) {
    this.command = command;
    // A group of its own, as a terminal has it, so that Ctrl-C reaches what npx starts.
    this.child = spawn('sh', ['-c', `${command} 2>&1`], { cwd, env, detached: true });
    assert.ok(this.child.stdout);
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  private async next(): Promise<string | undefined> {
    for (;;) {
      const { done, value } = await this.lines.next();
      if (done) return undefined;
      if (!value.startsWith('npm warn')) return value;
    }
  }

  async prints(expected: string[]): Promise<void> {
    for (const line of expected) assert.equal(await this.next(), line, `${this.command} prints`);
  }

  async ends(): Promise<void> {
    assert.equal(await this.next(), undefined, `${this.command} prints nothing more`);
  }

  async interrupt(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exit = once(this.child, 'exit');
    if (this.child.pid !== undefined) process.kill(-this.child.pid, 'SIGINT');
    await exit;
  }
}

/** Why the page cannot be followed here, or false. */
async function reasonToSkip(): Promise<string | false> {
  if (process.env.CI) return false;
  const asked = promisify(execFile)('npm', ['ping', '--fetch-retries=0'], {
    env,
    timeout: 20_000,
  });
  return asked.then(
    () => false,
    () => 'needs the npm registry, which cannot be reached',
  );
}

test('the page, followed from an empty folder, gives what it shows', async (t) => {
  const reason = await reasonToSkip();
  if (reason) return t.skip(reason);
  const top = await mkdtemp(join(tmpdir(), 'first-stream-'));
  let folder = top;
  let server: Terminal | undefined;
  t.after(async () => {
    await server?.interrupt();
    await rm(top, { recursive: true });
  });

  async function type(command: string, expected: string[]): Promise<void> {
    if (command.startsWith('cd ')) {
      folder = resolve(folder, command.slice(3));
    } else if (command.endsWith('server.ts')) {
      await server?.interrupt();
      server = new Terminal(command, folder);
      await server.prints(expected);
    } else if (expected.length > 0) {
      const terminal = new Terminal(command, folder);
      await terminal.prints(expected.filter((line) => line !== '^C'));
      if (expected.at(-1) === '^C') await terminal.interrupt();
      else await terminal.ends();
    } else {
      await promisify(execFile)('sh', ['-c', command.replace(' URL ', ` ${origin} `)], { cwd: folder, env });
    }
  }

  const page = await readFile(join(here, 'first-stream.md'), 'utf8');
  for (const [, file, language, content = ''] of page.matchAll(BLOCK)) {
    if (file !== undefined) await writeFile(join(folder, file), content);
    if (language !== 'console') continue;
    const [output = '', ...typed] = `\n${content}`.split('\n$ ');
    const lines = (text: string) => text.split('\n').filter((line) => line !== '');
    await server?.prints(lines(output));
    for (const text of typed) {
      const [command = '', ...expected] = lines(text);
      await type(command, expected);
    }
  }

  const generated = async (path: string) =>
    Promise.all(
      (await readdir(join(path, 'gen'), { recursive: true }))
        .filter((name) => name.endsWith('.ts'))
        .sort()
        .map(async (name) => [name, await readFile(join(path, 'gen', name), 'utf8')]),
    );
  assert.deepEqual(await generated(join(here, 'first-stream')), await generated(folder));
});
