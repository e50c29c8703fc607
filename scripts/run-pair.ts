import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { plainEnvironment } from '../tools/cli/src/environment.ts';
import { type Demo, describeMessages, packagesFolder } from './demos.ts';

export type Side = 'server' | 'client';
export type Print = (side: Side, line: string) => void;

/** What came of one pair. */
export interface Outcome {
  name: string;
  /** How many went each way. */
  messages: string;
  /** `complete`, or what went wrong. */
  ending: string;
}

// Only against a pair that hangs: each takes well under a second.
const HANG_GUARD = 60_000;

/** Where the programs of a pair are. */
export interface Programs {
  /** The folder of `src`, or of what the demo names instead. */
  folder: string;
  /** `js` for programs that were built; default: `ts`. */
  extension: 'ts' | 'js';
}

/** Starts one side as a process of its own; its lines, of both outputs, go to `onLine`. */
function start(program: string, args: string[], onLine: (line: string) => void): ChildProcess {
  const loader = program.endsWith('.ts') ? ['--import', 'tsx'] : [];
  const child = spawn(process.execPath, [...loader, program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: plainEnvironment(),
  });
  for (const output of [child.stdout, child.stderr]) createInterface({ input: output }).on('line', onLine);
  return child;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}

function endingOf(exitCode: number | null, printed: string[], expected: string[]): string {
  if (exitCode === null) return 'killed: it hung or was interrupted';
  if (exitCode !== 0) return `client failed with exit status ${exitCode}`;
  const wrong = expected.findIndex((line, index) => printed[index] !== line);
  if (wrong >= 0) return `client printed "${printed[wrong] ?? ''}" instead of "${expected[wrong]}"`;
  if (printed.length > expected.length) return `client printed "${printed[expected.length]}" too`;
  return 'complete';
}

function deferredAddress() {
  let resolve: (address: string) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<string>((resolvePromise, rejectPromise) => {
    resolve = resolvePromise;
    reject = rejectPromise;
  });
  // Whoever rejects first, the other does not matter any more.
  promise.catch(() => {});
  return { promise, resolve, reject };
}

/**
 * Runs a server on a free port and its client against it.
 *
 * @param print gets each line of both sides as it comes
 * @param interrupted ends both processes when aborted
 */
export async function runPair(
  demo: Demo,
  print: Print,
  interrupted: AbortSignal,
  { folder, extension }: Programs = { folder: `${packagesFolder}/${demo.name}`, extension: 'ts' },
): Promise<Outcome> {
  const lines: Record<Side, string[]> = { server: [], client: [] };
  const program = (side: Side) => `${folder}/${demo.folder ?? 'src'}/${side}.${extension}`;
  const giveUp = AbortSignal.any([interrupted, AbortSignal.timeout(HANG_GUARD)]);
  const note = (side: Side) => (line: string) => {
    lines[side].push(line);
    print(side, line);
  };

  const address = deferredAddress();
  const server = start(program('server'), ['--port', '0'], (line) => {
    const [, found] = /^Serving .* on (\S+)$/.exec(line) ?? [];
    if (found) address.resolve(found);
    note('server')(line);
  });
  server.once('exit', () => address.reject(new Error('the server ended before it served')));
  giveUp.addEventListener('abort', () => address.reject(new Error('gave up waiting for the server')));
  try {
    const client = start(
      program('client'),
      ['--address', await address.promise, ...demo.clientArguments],
      note('client'),
    );
    giveUp.addEventListener('abort', () => client.kill('SIGKILL'));
    const [exitCode] = await once(client, 'close');
    await stop(server);
    return outcome(endingOf(exitCode, lines.client, demo.output));
  } catch (error) {
    return outcome(error instanceof Error ? error.message : String(error));
  } finally {
    await stop(server);
  }

  function outcome(ending: string): Outcome {
    return { name: demo.name, messages: describeMessages(demo, lines), ending };
  }
}
