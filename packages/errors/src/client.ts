// Errors: makes calls that fail, each in another way, and prints what the client learns.
// Start `pnpm errors:server` in another terminal first.
import { status } from '@grpc/grpc-js';
import { printable, runClient, UsageError } from 'cli';
import { StatusError } from 'grpc-iterables';
import { Greetering } from 'proto';
import { describeDetail } from './describe-details.ts';
import { detailsOf } from './rich-status.ts';
import { type Scenario, scenarios } from './scenarios.ts';

function chosen(names: string[]): [string, Scenario][] {
  const unknown = names.find((name) => !Object.hasOwn(scenarios, name));
  if (unknown !== undefined) {
    throw new UsageError(`no scenario "${unknown}"; there are: ${Object.keys(scenarios).join(', ')}`);
  }
  return Object.entries(scenarios).filter(([name]) => names.length === 0 || names.includes(name));
}

function printFailure(error: StatusError): void {
  console.log(`  ${status[error.code]}: ${printable(error.details)}`);
  for (const line of detailsOf(error).flatMap(describeDetail)) console.log(`    ${printable(line)}`);
}

await runClient(
  {
    name: 'errors',
    description: 'Makes calls that fail, and prints what the client learns.',
    port: 8084,
    client: Greetering,
    setup: (command) =>
      command.argument(
        '[scenarios...]',
        `which scenarios to run, default all: ${Object.keys(scenarios).join(', ')}`,
      ),
  },
  async (client, { args: [names = []], call }) => {
    for (const [name, { shows, ends, run }] of chosen(names)) {
      console.log(`${name} (${shows})`);
      const error = await run(client, call, (line) => console.log(`  ${line}`)).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (error !== undefined && !(error instanceof StatusError && error.code === ends)) throw error;
      if (error instanceof StatusError) printFailure(error);
      else if (ends !== status.OK) throw new StatusError(status.UNKNOWN, `${name} did not fail`);
    }
  },
);
