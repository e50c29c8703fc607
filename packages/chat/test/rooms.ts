// A chat server inside the test's process, and clients that send exactly what the test wants.
import * as grpc from '@grpc/grpc-js';
import {
  connect as connectClient,
  type IterableClient,
  type RunningServer,
  StatusError,
  serve,
} from 'grpc-iterables';
import { ChatServices } from 'proto';
import type { FromClient } from 'proto/gen/chatserver/FromClient';
import type { FromServer__Output } from 'proto/gen/chatserver/FromServer';
import type { ServicesClient } from 'proto/gen/chatserver/Services';
import type { AudienceOptions } from '../src/audience.ts';
import { memoryRoom } from '../src/memory-room.ts';
import type { Room } from '../src/room.ts';
import { type ChatOptions, chatService } from '../src/service.ts';

export interface Test {
  after(cleanUp: () => Promise<void> | void): void;
}

export type ChatClient = IterableClient<ServicesClient>;

export interface Chat extends RunningServer {
  readonly room: Room;
  readonly log: string[];
}

const DEFAULTS: AudienceOptions & ChatOptions = {
  messages: 10_000,
  bytes: 2 ** 23,
  history: 0,
  whenFull: 'end',
  rate: 1e6,
  log: () => {},
};

export async function startChat(
  t: Test,
  options: Partial<AudienceOptions & ChatOptions> = {},
  openRoom: (options: AudienceOptions) => Room | Promise<Room> = memoryRoom,
): Promise<Chat> {
  const log: string[] = [];
  const settings = { ...DEFAULTS, log: (line: string) => void log.push(line), ...options };
  const room = await openRoom(settings);
  const server = await serve([chatService(room, settings)], { gracePeriod: 0 });
  t.after(async () => {
    await server.shutdown();
    await room.close(new StatusError(grpc.status.UNAVAILABLE, 'the test is over'));
  });
  return { ...server, room, log };
}

/** A client with a connection of its own. */
export function connect(t: Test, address: string): { chat: ChatClient; close(): void } {
  const chat = connectClient(ChatServices, address, { backoff: { first: 100, longest: 200 } });
  const close = () => void chat.close();
  t.after(close);
  return { chat, close };
}

/** A client that uses a bare call. */
export interface Guest {
  readonly code: string;
  readonly mark: string;
  send(request: FromClient): void;
  halfClose(): void;
  cancel(): void;
  /** The next response; undefined at the end. */
  next(): Promise<FromServer__Output | undefined>;
  /** The texts of so many messages. */
  texts(count: number): Promise<string[]>;
  /** Everything until the call ends; throws how it failed. */
  rest(): Promise<FromServer__Output[]>;
}

/** Requests that are sent one by one, when the test sends them. */
function handSent<Message>() {
  const { readable, writable } = new TransformStream<Message, Message>(undefined, { highWaterMark: 1e6 });
  const writer = writable.getWriter();
  return {
    requests: readable as AsyncIterable<Message>,
    send: (message: Message) => void writer.write(message).catch(() => {}),
    halfClose: () => void writer.close().catch(() => {}),
  };
}

/** Enters a chat; resolves when the client is in. */
export async function enter(chat: ChatClient, headers: Record<string, string> = {}): Promise<Guest> {
  const metadata = new grpc.Metadata();
  for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
  const { requests, send, halfClose } = handSent<FromClient>();
  const abort = new AbortController();
  let onHeaders: (headers: grpc.Metadata) => void = () => {};
  const joined = new Promise<grpc.Metadata>((resolve) => {
    onHeaders = resolve;
  });
  const responses = chat.chatService(requests, { metadata, signal: abort.signal, onHeaders });
  let first: Promise<IteratorResult<FromServer__Output>> | undefined = responses.next();
  const got = await Promise.race([joined, first]);
  if (!('get' in got)) throw new Error('answered without headers');

  async function next(): Promise<FromServer__Output | undefined> {
    const reading = first ?? responses.next();
    first = undefined;
    const { done, value } = await reading;
    return done ? undefined : value;
  }
  async function rest(): Promise<FromServer__Output[]> {
    const all: FromServer__Output[] = [];
    for (let response = await next(); response; response = await next()) all.push(response);
    return all;
  }
  async function texts(count: number): Promise<string[]> {
    const all: string[] = [];
    while (all.length < count) {
      const response = await next();
      if (!response) throw new Error(`ended after ${all.length} of ${count} messages`);
      if (response.position !== '0') all.push(response.message);
    }
    return all;
  }
  first.catch(() => {});
  return {
    code: String(got.get('code')[0]),
    mark: String(got.get('after')[0]),
    send,
    halfClose,
    cancel: () => abort.abort(),
    next,
    texts,
    rest,
  };
}

/** The names of all members, as the server lists them for one of them. */
export async function present(guest: Guest, name = 'Asking'): Promise<string[]> {
  guest.send({ name, who: true });
  const names: string[] = [];
  for (;;) {
    const response = await guest.next();
    if (!response) throw new Error('ended before the answer');
    names.push(...response.members.map((member) => member.name));
    if (response.members.length > 0 && !response.more) return names;
  }
}

/** Resolves when `holds` returns true. Calls it in each turn of the event loop. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
