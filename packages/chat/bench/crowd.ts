// Many clients of a chat in one process: `crowd.ts ADDRESS CLIENTS TALKERS STALLED`. Its parent starts and stops the talking.
import { connect } from 'grpc-iterables';
import { ChatServices } from 'proto';
import type { FromClient } from 'proto/gen/chatserver/FromClient';
import { newBell } from '../src/bell.ts';

/** When a message was sent, when the last client here heard it, in milliseconds since 1970, and how many did. */
export type Heard = [sentAt: number, heardAt: number, hearers: number];
export type Order = 'talk' | 'stop';
export type Report = { joined: true } | { heard: [id: string, ...Heard][]; ended: number };

const [address = '', clients = '0', talkers = '0', stalled = '0'] = process.argv.slice(2);
// A paragraph.
const PADDING = 'x'.repeat(400);
const heard = new Map<string, Heard>();
const bells = new Map<string, () => void>();
let joined = 0;
let ended = 0;
let talking = false;

const now = () => performance.timeOrigin + performance.now();
const report = (message: Report) => process.send?.(message);

/** A client with its own connection, as if it were on its own machine. */
const newClient = () => connect(ChatServices, address);

/** Sends the next message when another client here has heard the one before. */
async function* talk(name: string): AsyncGenerator<FromClient> {
  const bell = newBell();
  yield { name };
  bells.set(`${name}:start`, bell.ring);
  await bell.rung();
  for (let number = 1; talking; number++) {
    const id = `${name}:${number}`;
    bells.set(id, bell.ring);
    yield { name, body: `${id} ${now()} ${PADDING}` };
    await bell.rung();
  }
}

async function* listen(name: string): AsyncGenerator<FromClient> {
  yield { name };
  await new Promise(() => {});
}

function note(text: string): void {
  const [id = '', sentAt] = text.split(' ');
  const known = heard.get(id);
  if (known) {
    known[1] = now();
    known[2]++;
    return;
  }
  heard.set(id, [Number(sentAt), now(), 1]);
  bells.get(id)?.();
  bells.delete(id);
}

async function run(index: number): Promise<void> {
  const name = `${process.pid}-${index}`;
  const reads = index >= Number(stalled);
  const talks = reads && index - Number(stalled) < Number(talkers);
  const onHeaders = () => {
    if (++joined === Number(clients)) report({ joined: true });
  };
  const responses = newClient().chatService(talks ? talk(name) : listen(name), { onHeaders });
  try {
    // A client that does not read asks for the first response, and takes no other.
    if (!reads) await responses.next().then(() => new Promise(() => {}));
    for await (const { message } of responses) note(message);
  } catch {
    ended++;
  }
}

process.on('message', (order: Order) => {
  talking = order === 'talk';
  if (talking) for (const ring of bells.values()) ring();
  else report({ heard: [...heard].map(([id, of]) => [id, ...of]), ended });
});
process.once('disconnect', () => process.exit());
for (let index = 0; index < Number(clients); index++) void run(index);
