// One call of each kind, and one that fails, in an order that is the same every time.
import { printable } from 'cli';
import type { CallOptions } from 'grpc-iterables';
import type { Chat } from 'proto/gen/messanger/Chat';
import type { Act, Client } from './act.ts';
import { newEvent } from './event.ts';

const NEWS = { idChannel: 7, title: 'News' };
const TEA = { idChannel: 8, title: 'Tea' };

/** An author and a listener: client streaming on one side, server streaming on the other. */
async function news(client: Client, call: CallOptions, print: (line: string) => void): Promise<void> {
  const opened = newEvent();
  const listening = newEvent();
  async function* said() {
    yield { info: NEWS };
    await listening.happened;
    for (const message of ['It rains', 'It stopped']) yield { text: { message } };
  }
  const author = client.startChannel(said(), { ...call, onHeaders: opened.happen });
  await Promise.race([opened.happened, author]);
  const { channelInfo } = await client.getInfo({ keyword: 'news' }, call);
  for (const { idChannel, title, typeChannel } of channelInfo) {
    print(printable(`GetInfo: ${typeChannel} ${idChannel} "${title}"`));
  }
  for await (const { message } of client.joinChannel(NEWS, { ...call, onHeaders: listening.happen })) {
    print(printable(`JoinChannel: ${message}`));
  }
  print(printable(`StartChannel: ${(await author).status}`));
}

/** Two clients in a chat: one asks, the other answers. The one that asked leaves first. */
async function tea(client: Client, call: CallOptions, print: (line: string) => void): Promise<void> {
  const annIsIn = newEvent();
  const bobIsIn = newEvent();
  const annIsDone = newEvent();
  const annHeard = newEvent();
  const bobHeard = newEvent();
  async function* ann(): AsyncGenerator<Chat> {
    yield { info: TEA };
    await bobIsIn.happened;
    yield { name: 'Ann', text: 'Tea?' };
    await annHeard.happened;
  }
  async function* bob(): AsyncGenerator<Chat> {
    await annIsIn.happened;
    yield { info: TEA };
    await bobHeard.happened;
    yield { name: 'Bob', text: 'With milk' };
    await annIsDone.happened;
  }
  async function listen(who: string, messages: AsyncIterable<Chat>, heard: () => void): Promise<void> {
    for await (const { name, text } of messages) {
      print(printable(`JoinChat: ${who} hears ${name}: ${text}`));
      heard();
    }
  }
  await Promise.all([
    listen('Ann', client.joinChat(ann(), { ...call, onHeaders: annIsIn.happen }), annHeard.happen).then(
      annIsDone.happen,
    ),
    listen('Bob', client.joinChat(bob(), { ...call, onHeaders: bobIsIn.happen }), bobHeard.happen),
  ]);
}

export const tour: Act = {
  usage: 'one call of each kind',
  async run(client, _, call, print) {
    await news(client, call, print);
    await tea(client, call, print);
  },
};
