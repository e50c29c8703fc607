// One side of one library as a process of its own: `server STACK` or `client STACK WORK ADDRESS`. It answers its parent.
import type { BenchClient } from './stack.ts';
import { type StackName, stacks } from './stacks.ts';
import { works } from './works.ts';

/** What a process has used since the last question. */
export interface Usage {
  /** CPU time in seconds. */
  cpu: number;
  /** Its peak memory, in MB. */
  peak: number;
}

export type Question = 'run' | 'usage';
export type Answer = { address: string } | { figures: number[]; usage: Usage } | { usage: Usage };

let since = process.cpuUsage();

function usage(): Usage {
  const { user, system } = process.cpuUsage(since);
  since = process.cpuUsage();
  return { cpu: (user + system) / 1e6, peak: process.resourceUsage().maxRSS / 1024 };
}

const answer = (message: Answer) => process.send?.(message);

const [side, name, workName, address = ''] = process.argv.slice(2);
const stack = stacks[name as StackName];

if (side === 'server') {
  process.on('message', () => answer({ usage: usage() }));
  answer({ address: await stack.serve() });
} else {
  const work = works.find((one) => one.name === workName);
  const client = stack.connect(address) as BenchClient;
  process.on('message', async () => {
    usage();
    const figures = await work?.run(client);
    answer({ figures: figures ?? [], usage: usage() });
  });
}
process.once('disconnect', () => process.exit());
