// What the client program can do, each command by its name.
import { buffer } from 'node:stream/consumers';
import { status } from '@grpc/grpc-js';
import { UsageError } from 'cli';
import { type CallOptions, type IterableClient, StatusError } from 'grpc-iterables';
import type { StoreClient } from 'proto/gen/watch/Store';
import { lineOf, printable } from './print.ts';
import { tour } from './tour.ts';
import { watch } from './watch.ts';

interface Run {
  readonly client: IterableClient<StoreClient>;
  readonly words: string[];
  readonly options: { count?: number | undefined; latest?: boolean };
  readonly call: CallOptions;
}

interface Command {
  readonly usage: string;
  /** How many words it takes after its name. */
  readonly least: number;
  readonly most: number;
  run(run: Run): Promise<void>;
}

const ANY_NUMBER = Number.POSITIVE_INFINITY;

export const commands: Record<string, Command> = {
  put: {
    usage: 'put KEY VALUE [KEY VALUE]… (VALUE "-": standard input)',
    least: 2,
    most: ANY_NUMBER,
    run: put,
  },
  get: { usage: 'get KEY', least: 1, most: 1, run: get },
  ls: { usage: 'ls [PREFIX]', least: 0, most: 1, run: list },
  rm: { usage: 'rm KEY…', least: 1, most: ANY_NUMBER, run: remove },
  watch: { usage: 'watch [PREFIX]', least: 0, most: 1, run: watchAndPrint },
  tour: {
    usage: 'tour',
    least: 0,
    most: 0,
    run: ({ client, call }) => tour(client, call, console.log),
  },
};

async function put({ client, words, call }: Run): Promise<void> {
  if (words.length % 2 === 1) throw new UsageError(`the key "${words.at(-1)}" has no value`);
  const entries = [];
  for (let index = 0; index < words.length; index += 2) {
    const [key = '', text = ''] = words.slice(index, index + 2);
    entries.push({ key, value: text === '-' ? await buffer(process.stdin) : Buffer.from(text) });
  }
  const { revision } = await client.put({ entries }, call);
  console.log(`revision ${revision}`);
}

async function get({ client, words: [key = ''], call }: Run): Promise<void> {
  const { entry } = await client.get({ key }, call);
  process.stdout.write(entry?.value ?? '');
  // A value in a file or pipe stays as it is.
  if (process.stdout.isTTY) process.stdout.write('\n');
}

async function list({ client, words: [prefix = ''], call }: Run): Promise<void> {
  const keys: string[] = [];
  for await (const { entries } of client.list({ prefix }, call)) keys.push(...entries.map(({ key }) => key));
  for (const key of keys.sort()) console.log(printable(key));
}

async function remove({ client, words: keys, call }: Run): Promise<void> {
  const { deleted, revision } = await client.delete({ keys }, call);
  if (deleted === 0)
    throw new StatusError(status.NOT_FOUND, `no key ${keys.map((key) => `"${key}"`).join(', ')}`);
  console.log(`revision ${revision}, deleted ${deleted}`);
}

async function watchAndPrint({ client, words: [prefix = ''], options, call }: Run): Promise<void> {
  let left = options.count ?? ANY_NUMBER;
  const changes = watch(client, {
    prefix,
    latest: options.latest ?? false,
    signal: call.signal,
    deadline: call.timeout === undefined ? undefined : new Date(Date.now() + call.timeout),
    onLost: (reason, retryIn) =>
      console.error(`lost: ${printable(reason.details)}; trying again in ${retryIn} ms`),
  });
  for await (const change of changes) {
    console.log(lineOf(change));
    if (change.type !== 'state' && --left === 0) return;
  }
}
