// A reporter for Node's test runner: what scripts/test.ts wants to know of a test file, one JSON a line.
import type { TestEvent } from 'node:test/reporters';

/** A test or a suite that was skipped, or one of the counts at the end, as in `tests 12`. */
export type FileEvent =
  | { readonly skipped: string; readonly reason: string }
  | { readonly count: string; readonly of: number };

export default async function* events(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const { type, data } of source) {
    if (type === 'test:pass' && data.skip !== undefined)
      yield line({ skipped: data.name, reason: reasonOf(data.skip) });
    if (type !== 'test:diagnostic' || data.nesting > 0) continue;
    const [, count, of] = /^(\w+) ([\d.]+)$/.exec(data.message) ?? [];
    if (count !== undefined) yield line({ count, of: Number(of) });
  }
}

const line = (event: FileEvent) => `${JSON.stringify(event)}\n`;
const reasonOf = (skip: string | boolean) =>
  typeof skip === 'string' && skip !== '' ? skip : 'no reason is given';
