import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Measured } from './results.ts';
import type { Answer, Usage } from './side.ts';
import type { Stack } from './stack.ts';
import { type StackName, stacks } from './stacks.ts';
import type { Work } from './works.ts';

interface Pair {
  readonly stack: StackName;
  readonly server: ChildProcess;
  readonly client: ChildProcess;
}

const program = fileURLToPath(new URL('./side.ts', import.meta.url));
// A side that does not answer within this time, in milliseconds, counts as broken.
const HANG = 60_000;
// How long each library works before it is measured, in milliseconds, so that its code is compiled. Works may ask for more.
const WARM_UP = 2000;
// But no longer than this. A library that needs more time for so few calls waits for timers, and is not faster when compiled.
const LONGEST_WARM_UP = 10_000;
// A repetition does the work again and again for so many milliseconds. After a pause the first tenths of a second are slow, and they
// would count most for the fastest library.
const REPETITION = 500;

// In some processes glibc returns freed memory to the system at once, and requests it again. This costs a page fault for each
// page. With this setting it keeps the memory in all processes.
const env = { ...process.env, MALLOC_TRIM_THRESHOLD_: String(2 ** 29), MALLOC_TOP_PAD_: String(2 ** 26) };

function start(...args: string[]): ChildProcess {
  return fork(program, args, { env, execArgv: ['--import', 'tsx'] });
}

async function answerOf<Kind extends Answer>(child: ChildProcess): Promise<Kind> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, AbortSignal.timeout(HANG)]);
  const exit = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`a side ended with ${code}`);
  });
  try {
    const [answer] = await Promise.race([once(child, 'message', { signal }), exit]);
    return answer as Kind;
  } finally {
    exit.catch(() => {});
    over.abort();
  }
}

async function startPair(stack: StackName, work: Work): Promise<Pair> {
  const server = start('server', stack);
  const { address } = await answerOf<{ address: string }>(server);
  return { stack, server, client: start('client', stack, work.name, address) };
}

async function usageOf(server: ChildProcess): Promise<Usage> {
  server.send('usage');
  return (await answerOf<{ usage: Usage }>(server)).usage;
}

/** Does the work for a while. Figures and CPU time are means of one run. */
async function repetition({ server, client }: Pair) {
  await usageOf(server);
  const runs: { figures: number[]; usage: Usage }[] = [];
  const started = performance.now();
  do {
    client.send('run');
    runs.push(await answerOf(client));
  } while (performance.now() - started < REPETITION);
  const { cpu, peak } = await usageOf(server);
  return {
    figures: meansOf(runs.map(({ figures }) => figures)),
    client: used(runs.map(({ usage }) => usage)),
    server: { cpu: cpu / runs.length, peak },
  };
}

async function warmUp(pair: Pair, { warmUps = 1 }: Work): Promise<void> {
  const started = performance.now();
  const elapsed = () => performance.now() - started;
  for (let done = 0; elapsed() < (done < warmUps ? LONGEST_WARM_UP : WARM_UP); done++) {
    pair.client.send('run');
    await answerOf(pair.client);
  }
}

function canDo(stack: StackName, { only, needs }: Work): boolean {
  const { does }: Stack = stacks[stack];
  return only?.includes(stack) ?? does?.includes(needs) ?? true;
}

type Repetition = Awaited<ReturnType<typeof repetition>>;

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The mean of each figure. */
const meansOf = (rows: number[][]) =>
  (rows[0] ?? []).map((_, index) => mean(rows.map((row) => row[index] ?? 0)));

/**
 * Measures `work` with every library, several times after a warm-up. The libraries take turns, so that other programs disturb all
 * of them equally. Each has its own processes, so that none inherits the memory of another.
 */
export async function measure(work: Work, among: StackName[], repetitions: number): Promise<Measured[]> {
  const pairs: Pair[] = [];
  try {
    const able = among.filter((stack) => canDo(stack, work));
    await Promise.all(
      able.map(async (stack, place) => {
        pairs[place] = await startPair(stack, work);
      }),
    );
    for (const pair of pairs) await warmUp(pair, work);
    const runs = new Map(pairs.map((pair) => [pair, [] as Repetition[]]));
    for (let round = 0; round < repetitions; round++) {
      for (const [pair, done] of runs) done.push(await repetition(pair));
    }
    return [...runs].map(([{ stack }, done]) => ({
      stack,
      figures: (done[0]?.figures ?? []).map((_, index) => done.map(({ figures }) => figures[index] ?? 0)),
      server: used(done.map(({ server }) => server)),
      client: used(done.map(({ client }) => client)),
    }));
  } finally {
    for (const { server, client } of pairs) {
      for (const side of [client, server]) if (side.connected) side.disconnect();
    }
  }
}

function used(usages: Usage[]): Usage {
  return { cpu: mean(usages.map(({ cpu }) => cpu)), peak: Math.max(...usages.map(({ peak }) => peak)) };
}
