import type { CallOptions, IterableClient } from 'grpc-iterables';
import type { ServicesClient } from 'proto/gen/chatserver/Services';
import { type Happening, newSession, type Session } from './session.ts';

const MANY = 1000;

/** One person in the conversation. */
function newPerson(client: IterableClient<ServicesClient>, name: string, call: CallOptions) {
  const session = newSession(client, { name, call });
  const unread: Happening[] = [];
  let arrived = () => {};
  const staying = session.stay((happening) => {
    unread.push(happening);
    arrived();
  });

  /** The next happening of a kind; skips those before it. */
  async function next<Type extends Happening['type']>(
    type: Type,
  ): Promise<Extract<Happening, { type: Type }>> {
    for (;;) {
      const happening = unread.shift();
      if (happening?.type === type) return happening as Extract<Happening, { type: Type }>;
      if (happening) continue;
      const arrival = new Promise<void>((resolve) => {
        arrived = resolve;
      });
      await Promise.race([arrival, staying]);
    }
  }
  return { ...session, staying, next };
}

/** Ann and Bob talk. Then Ann sends a thousand messages, and Bob counts them. */
export async function tour(
  client: IterableClient<ServicesClient>,
  call: CallOptions,
  print: (line: string) => void,
): Promise<void> {
  const ann = newPerson(client, 'Ann', call);
  await ann.next('joined');
  const bob = newPerson(client, 'Bob', call);
  await bob.next('joined');

  async function hears(who: typeof ann, hearer: string): Promise<void> {
    const { name, text } = await who.next('said');
    print(`${hearer} hears ${name}: ${text}`);
  }
  await ann.say('Tea?');
  await hears(bob, 'Bob');
  await bob.say('With milk');
  await hears(ann, 'Ann');

  await sayMany(ann);
  let inOrder = 0;
  for (let number = 1; number <= MANY; number++) {
    if ((await bob.next('said')).text === String(number)) inOrder++;
  }
  print(`Bob hears ${inOrder} more, in order`);
  bob.leave();
  ann.leave();
  await Promise.all([ann.staying, bob.staying]);
  print(`Ann leaves, ${ann.unacknowledged()} messages unacknowledged`);
}

async function sayMany({ say }: Session): Promise<void> {
  for (let number = 1; number <= MANY; number++) await say(String(number));
}
