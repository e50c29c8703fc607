// What the client can do; each act makes one call.
import { createInterface } from 'node:readline';
import { printable, UsageError } from 'cli';
import type { Act } from './act.ts';
import { tour } from './tour.ts';

function channelNumber(text: string | undefined): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number >= 2 ** 31) {
    throw new UsageError(`"${text ?? ''}" is not the number of a channel, from 1`);
  }
  return number;
}

const typed = () => createInterface({ input: process.stdin });

export const acts: Record<string, Act> = {
  tour,
  info: {
    usage: '[keyword]: lists open channels',
    async run(client, [keyword = ''], call, print) {
      const { channelInfo } = await client.getInfo({ keyword }, call);
      for (const { idChannel, title, typeChannel } of channelInfo)
        print(`${typeChannel} ${idChannel} "${printable(title)}"`);
    },
  },
  join: {
    usage: 'number: prints the messages of a channel',
    async run(client, [number], call, print) {
      const joined = () => print('joined');
      const messages = client.joinChannel(
        { idChannel: channelNumber(number) },
        { ...call, onHeaders: joined },
      );
      for await (const { message, name } of messages)
        print(printable(name === '' ? message : `${name}: ${message}`));
      print('closed');
    },
  },
  start: {
    usage: 'number [title]: opens a channel and sends each line that you type',
    async run(client, [number, title = ''], call, print) {
      async function* said() {
        yield { info: { idChannel: channelNumber(number), title } };
        for await (const message of typed()) yield { text: { message } };
      }
      const { status } = await client.startChannel(said(), { ...call, onHeaders: () => print('open') });
      print(printable(status));
    },
  },
  chat: {
    usage: 'number name: joins a chat, sends each line that you type, and prints the messages of others',
    async run(client, [number, me = ''], call, print) {
      async function* said() {
        yield { info: { idChannel: channelNumber(number) } };
        for await (const text of typed()) yield { name: me, text };
      }
      const messages = client.joinChat(said(), { ...call, onHeaders: () => print('joined') });
      for await (const { name, text } of messages) print(printable(`${name}: ${text}`));
      print('left');
    },
  },
};
