import type { CallOptions, Messages } from 'grpc-iterables';
import type { StartChannelRequest } from 'proto/gen/messanger/StartChannelRequest';
import { all, type Client } from './programs.ts';
import type { Handlers } from './proxied.ts';

/** What a call with a stream of requests sends. Both kinds of request have a text. */
export type Request = { text: string };
export type CallName = keyof Handlers;

/** Not a generator, because `return()` of a generator waits while the generator waits for a request that never comes. */
function asStartRequests(requests: Messages<Request>): AsyncIterable<StartChannelRequest> {
  return {
    [Symbol.asyncIterator]() {
      const iterator =
        Symbol.asyncIterator in requests ? requests[Symbol.asyncIterator]() : requests[Symbol.iterator]();
      return {
        async next() {
          const { done, value } = await iterator.next();
          return done
            ? { done, value: undefined }
            : { done: false, value: { text: { message: value.text } } };
        },
        async return() {
          await iterator.return?.();
          return { done: true, value: undefined };
        },
      };
    },
  };
}

/** The same function for every kind of call: sends `requests` if the kind has them, and reads all responses. */
export const calls: Record<
  CallName,
  (client: Client, requests: Messages<Request>, options?: CallOptions) => Promise<string[]>
> = {
  GetInfo: async (client, _, options) => {
    const { channelInfo } = await client.getInfo({ keyword: 'news' }, options);
    return channelInfo.map(({ title }) => title);
  },
  JoinChannel: async (client, _, options) =>
    (await all(client.joinChannel({ idChannel: 3 }, options))).map(({ message }) => message),
  StartChannel: async (client, requests, options) => [
    (await client.startChannel(asStartRequests(requests), options)).status,
  ],
  JoinChat: async (client, requests, options) =>
    (await all(client.joinChat(requests, options))).map(({ text }) => text),
};

export const callNames = Object.keys(calls) as CallName[];
export const sending = ['StartChannel', 'JoinChat'] as const;
export const receiving = ['JoinChannel', 'JoinChat'] as const;
export const sends = (name: CallName) => name === 'StartChannel' || name === 'JoinChat';
