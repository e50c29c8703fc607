import { Metadata } from '@grpc/grpc-js';
import { defineService, type Service } from 'grpc-iterables';
import { Messanger } from 'proto';
import type { ChannelInfo } from 'proto/gen/messanger/ChannelInfo';
import type { MessangerHandlers } from 'proto/gen/messanger/Messanger';
import { type Channel, type Description, newChannels } from './channels.ts';
import { authorLost, badField, full, noChannel, notYours, taken, tooSlow } from './refusals.ts';

const LONGEST_TEXT = 10_000;
const LONGEST_TITLE = 100;
const LONGEST_NAME = 40;

function described(info: ChannelInfo | null, typeChannel: Description['typeChannel']): Description {
  const { idChannel = 0, nameChannel = 0, title = '' } = info ?? {};
  if (idChannel < 1) throw badField('info.idChannel', 'must be given, from 1');
  return { idChannel, nameChannel, title: checked('info.title', title, LONGEST_TITLE), typeChannel };
}

function checked(field: string, text: string, longest: number): string {
  if (text.length > longest) throw badField(field, `is longer than ${longest} characters`);
  return text;
}

/** Response headers that say that the client has joined: it hears all messages from now on. */
function joined({ info }: Channel): Metadata {
  const headers = new Metadata();
  headers.set('channel', String(info.idChannel));
  return headers;
}

/** The service behind `messanger-server.ts`. Its channels are lost when it ends. */
export function messangerService(): Service {
  const channels = newChannels({ tooSlow, full });

  function chatFor(info: ChannelInfo | null): Channel {
    const wanted = described(info, 'CHAT');
    const chat = channels.get(wanted.idChannel) ?? channels.open(wanted);
    if (chat?.info.typeChannel !== 'CHAT') throw notYours(wanted.idChannel);
    return chat;
  }

  return defineService<MessangerHandlers>(Messanger.service, {
    async GetInfo({ keyword }) {
      return { channelInfo: channels.find(keyword).map(({ info }) => info) };
    },

    async *JoinChannel({ idChannel }, { signal, sendHeaders }) {
      const channel = channels.get(idChannel);
      if (!channel) throw noChannel(idChannel);
      const inbox = channel.join();
      signal.addEventListener('abort', () => inbox.end(signal.reason), { once: true });
      try {
        sendHeaders(joined(channel));
        for await (const { name, text } of inbox) yield { message: text, name };
      } finally {
        channel.leave(inbox);
      }
    },

    async StartChannel(requests, { sendHeaders }) {
      let channel: Channel | undefined;
      let said = 0;
      try {
        for await (const { info, text } of requests) {
          if (!channel) {
            const wanted = described(info, 'CHANNEL');
            channel = channels.open(wanted);
            if (!channel) throw taken(wanted.idChannel);
            sendHeaders(joined(channel));
          }
          if (!text?.message) continue;
          channel.say({ name: '', text: checked('text', text.message, LONGEST_TEXT) });
          said++;
        }
      } catch (error) {
        channel?.close(authorLost(channel.info.idChannel));
        throw error;
      }
      if (!channel) throw badField('info.idChannel', 'must be given, from 1');
      channel.close();
      return { status: `channel ${channel.info.idChannel} closed after ${said} messages` };
    },

    // #region join-chat
    async *JoinChat(requests, { sendHeaders }) {
      const first = await requests.next();
      if (first.done) return;
      const chat = chatFor(first.value.info);
      const inbox = chat.join();
      const say = ({ name, text }: { name: string; text: string }) => {
        if (text === '') return;
        checked('name', name, LONGEST_NAME);
        chat.say({ name, text: checked('text', text, LONGEST_TEXT) }, inbox);
      };
      const readAll = async () => {
        say(first.value);
        for await (const request of requests) say(request);
      };
      sendHeaders(joined(chat));
      const reading = readAll().then(
        () => inbox.end(),
        (failure) => inbox.end(failure),
      );
      try {
        for await (const { name, text } of inbox) yield { info: chat.info, name, text };
      } finally {
        chat.leave(inbox);
        // A client that is cut off because it reads slowly may still be sending.
        await requests.return?.();
        await reading;
      }
    },
    // #endregion join-chat
  });
}
