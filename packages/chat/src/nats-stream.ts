// A room in the broker: a JetStream stream (https://docs.nats.io/nats-concepts/jetstream). Its order is the order of the room.
import {
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamManager,
  type JsMsg,
  type StoredMsg,
  type StreamInfo,
} from '@nats-io/jetstream';
import { badMessage } from './refusals.ts';
import type { Gap, Said } from './room.ts';

/** Where in the broker a room is. */
export interface Subjects {
  readonly stream: string;
  /** What was said, without a number; with numbers each sender has a subject of its own, below this one. */
  readonly said: string;
  /** Where a new room begins, because the broker has lost messages. */
  readonly begun: string;
  /** Questions who is there, and answers of all servers. */
  readonly who: string;
  /** Who arrived at a server, and who left. */
  readonly attendance: string;
}

export const subjectsOf = (name: string): Subjects => ({
  stream: `chat-${name}`,
  said: `chat.${name}.said`,
  begun: `chat.${name}.begun`,
  who: `chat.${name}.who`,
  attendance: `chat.${name}.attendance`,
});

/** A message as it is in the broker. */
export interface Stored extends Omit<Said, 'position'> {
  readonly number: number;
}

// How many messages the broker keeps, for members that were away for long.
const KEPT = 100_000;
// The longest text, of control characters, of which JSON makes six each.
const LARGEST_MESSAGE = 32 * 1024;
const NAME_IN_USE = 10058;

/** Opens the stream, and makes it if there is none. Settings that an administrator has changed stay as they are. */
export async function openStream(
  manager: JetStreamManager,
  { stream, said, begun }: Subjects,
): Promise<StreamInfo> {
  const subjects = [said, `${said}.*`, begun];
  try {
    return await manager.streams.add({
      name: stream,
      subjects,
      max_msgs: KEPT,
      max_msg_size: LARGEST_MESSAGE,
    });
  } catch (error) {
    if (!(error instanceof JetStreamApiError && error.code === NAME_IN_USE)) throw error;
    return manager.streams.update(stream, { subjects });
  }
}

/** Whether the broker refused a message because its sender's last message is another one than this server expected. */
export const isOvertaken = (error: unknown): boolean =>
  error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamWrongLastSequence;

/** The chat message in a message of the stream; undefined: another program has put it there. */
export function readStored(message: JsMsg | StoredMsg): Stored | undefined {
  let value: Partial<Stored> | null;
  try {
    value = message.json<Partial<Stored> | null>();
  } catch {
    return undefined;
  }
  const { sender, code, name, text, number } = value ?? {};
  const texts = [sender, code, name, text].every((field) => typeof field === 'string' && field !== '');
  if (!texts || !Number.isSafeInteger(number)) return undefined;
  const stored = value as Stored;
  return badMessage({ name: stored.name, body: stored.text, number: String(stored.number) })
    ? undefined
    : stored;
}

/** A message of the stream as members hear it, after a gap if messages are missing before it. */
export function entriesOf(message: JsMsg, last: number): (Said | Gap)[] {
  const position = message.seq;
  const missing = position - 1 - last;
  const gap = missing > 0 ? [{ position: position - 1, dropped: missing }] : [];
  const stored = readStored(message);
  if (!stored) return [...gap, { position, dropped: 0 }];
  const { sender, code, name, text } = stored;
  return [...gap, { position, sender, code, name, text }];
}
