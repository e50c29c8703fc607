// A worker. Start `pnpm work-queue:server` first, then this in one or more terminals.
// `pnpm work-queue:worker --parallel 4 -- sh -c 'cat; sleep 1'` runs a command for each job; without one it prints the jobs.
import { parseDuration, printable, runClient, UsageError } from 'cli';
import { WorkQueue } from 'proto';
import { printHandler, runHandler } from './handlers.ts';
import { work } from './work.ts';

function parallel(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new UsageError(`"${text}" is not a whole number from 1 to 9999`);
}

// A supervisor stops a process with SIGTERM. The worker then finishes its jobs, as it does after Ctrl-C.
process.once('SIGTERM', () => process.kill(process.pid, 'SIGINT'));

await runClient(
  {
    name: 'work-queue',
    program: 'worker',
    description: 'Works on jobs until Ctrl-C or --timeout, then finishes the jobs that it has.',
    port: 8088,
    client: WorkQueue,
    setup: (command) =>
      command
        .argument(
          '[command...]',
          'the command for each job, with the job as its input; if it fails, the job is tried again. Default: print the job',
        )
        .option('--parallel <n>', 'how many jobs to handle at the same time', parallel, 1)
        .option('--name <name>', 'what the server calls this worker', '')
        .option(
          '--lease <duration>',
          'how long this worker may be silent; default: the server decides',
          parseDuration,
          0,
        ),
  },
  async (
    client,
    { args: [command = []], options: { parallel, name, lease }, call: { signal: interrupt, timeout } },
  ) => {
    const deadline = timeout === undefined ? undefined : AbortSignal.timeout(timeout);
    const signal = AbortSignal.any([interrupt, deadline].filter((one) => one !== undefined));
    // #region call
    await work(
      client,
      {
        parallel,
        name,
        lease,
        signal,
        onLost: ({ details }, retryIn) =>
          console.error(`lost: ${printable(details)}; trying again in ${retryIn} ms`),
      },
      command.length > 0 ? runHandler(command) : printHandler(console.log),
    );
    // #endregion call
  },
);
