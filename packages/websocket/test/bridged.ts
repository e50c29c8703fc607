// A bridge, and behind it a chat server that does what the test wants, and reports how each of its calls ended.
import { status } from '@grpc/grpc-js';
import { defineService, type IterableHandlers, type RunningServer, StatusError, serve } from 'grpc-iterables';
import { ChatServices } from 'proto';
import type { FromServer } from 'proto/gen/chatserver/FromServer';
import type { ServicesHandlers } from 'proto/gen/chatserver/Services';
import { bridge } from '../src/bridge.ts';
import { connectChat } from '../src/connect-chat.ts';
import type { WebServer, WebServerOptions } from '../src/web-server.ts';
import { connect, type Peer, startWeb, type Test } from './sockets.ts';

type Handler = IterableHandlers<ServicesHandlers>['ChatService'];
export type Requests = Parameters<Handler>[0];
export type Act = (...args: Parameters<Handler>) => AsyncIterable<FromServer>;

export interface ScriptedChat extends RunningServer {
  /** How calls ended for the chat server, in order: `half-close`, `returned` or the name of a status. */
  readonly ends: string[];
  /** Resolves when so many calls have ended. */
  ended(count: number): Promise<string[]>;
  /** How many calls are open. */
  open(): number;
}

/** Sends every message back to its sender. */
export async function* sayBack(requests: Requests): AsyncGenerator<FromServer> {
  for await (const { name, body } of requests) yield { name, message: body };
}

export async function startScripted(t: Test, act: Act, port = 0): Promise<ScriptedChat> {
  const ends: string[] = [];
  const waiting = new Set<() => void>();
  let open = 0;

  async function* ChatService(...[requests, context]: Parameters<Handler>): AsyncGenerator<FromServer> {
    open++;
    let end = 'returned';
    async function* watched(): Requests {
      try {
        yield* requests;
        end = 'half-close';
      } catch (error) {
        end = error instanceof StatusError ? (status[error.code] ?? '') : String(error);
        throw error;
      }
    }
    try {
      yield* act(watched(), context);
    } finally {
      open--;
      ends.push(context.signal.aborted ? (status[context.signal.reason.code] ?? '') : end);
      for (const look of waiting) look();
    }
  }

  const services = [defineService<ServicesHandlers>(ChatServices.service, { ChatService }, { onError() {} })];
  const server = await serve(services, { gracePeriod: 0, port });
  t.after(server.shutdown);
  return {
    ...server,
    ends,
    open: () => open,
    ended: (count) =>
      new Promise((resolve) => {
        const look = () => ends.length >= count && resolve(ends);
        waiting.add(look);
        look();
      }),
  };
}

export interface Bridge extends WebServer {
  readonly url: string;
  /** How many sockets are being served. */
  serving(): number;
}

export async function startBridge(
  t: Test,
  chatAddress: string,
  { patience, ...options }: WebServerOptions & { patience?: number } = {},
): Promise<Bridge> {
  const chat = connectChat(chatAddress);
  let serving = 0;
  const route = {
    longestMessage: 32 * 1024,
    endless: true,
    async serve(socket: Parameters<typeof bridge>[0]) {
      serving++;
      try {
        await bridge(socket, chat, patience);
      } finally {
        serving--;
      }
    },
  };
  const server = await startWeb(t, options, { '/chat': route });
  t.after(async () => chat.close());
  return { ...server, url: `ws://${server.address}/chat`, serving: () => serving };
}

export interface Page extends Peer {
  say(message: object): void;
  /** The next message, after the headers. */
  hear(): Promise<Record<string, unknown>>;
}

/** A page that has sent its headers. */
export async function openPage(t: Test, url: string, headers: object = {}): Promise<Page> {
  const peer = await connect(t, url);
  const say = (message: object) => peer.ws.send(JSON.stringify(message));
  say(headers);
  let welcomed = false;
  async function hear(): Promise<Record<string, unknown>> {
    if (!welcomed) await peer.next();
    welcomed = true;
    return JSON.parse(await peer.next());
  }
  return { ...peer, say, hear };
}

/** An event that happens once. */
export function newEvent() {
  let happens = () => {};
  const happened = new Promise<void>((resolve) => {
    happens = resolve;
  });
  return { happened, happens };
}
