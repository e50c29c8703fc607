// What the demo shows: two watches, while their keys change.
import type { CallOptions, IterableClient } from 'grpc-iterables';
import type { StoreClient } from 'proto/gen/watch/Store';
import { lineOf } from './print.ts';
import { type Change, watch } from './watch.ts';

const KEYS = ['tour/lamp/kitchen', 'tour/lamp/hall', 'tour/lamp/stairs', 'tour/door/garage'];

/** Watches two prefixes and changes their keys. Ends when both watches have seen the last change. */
export async function tour(
  client: IterableClient<StoreClient>,
  call: CallOptions,
  print: (line: string) => void,
): Promise<void> {
  const put = (...keys: string[]) =>
    client.put({ entries: keys.map((key) => ({ key, value: Buffer.from('on') })) }, call);
  /** Prints changes up to and including the first that `isLast`. */
  async function show(name: string, changes: AsyncIterator<Change>, isLast: (change: Change) => boolean) {
    for (;;) {
      const { value, done } = await changes.next();
      if (done) return;
      print(`${name}: ${lineOf(value)}`);
      if (isLast(value)) return;
    }
  }

  await client.delete({ keys: KEYS }, call);
  await put('tour/lamp/kitchen');
  const lamps = watch(client, { prefix: 'tour/lamp/', signal: call.signal });
  const doors = watch(client, { prefix: 'tour/door/', signal: call.signal });
  try {
    print('a watch begins with the state');
    await show('lamps', lamps, ({ type }) => type === 'state');
    await show('doors', doors, ({ type }) => type === 'state');
    print('then each watch gets the changes to its keys');
    await put('tour/door/garage');
    await put('tour/lamp/hall', 'tour/lamp/stairs');
    await client.delete({ keys: ['tour/lamp/kitchen'] }, call);
    await show('doors', doors, ({ type }) => type === 'put');
    await show('lamps', lamps, ({ type }) => type === 'delete');
  } finally {
    await lamps.return(undefined);
    await doors.return(undefined);
  }
}
