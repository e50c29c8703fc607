// A client's stay in the chat, over as many connections as it takes.
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Metadata, status } from '@grpc/grpc-js';
import { detailsOf } from 'errors';
import { type CallOptions, type IterableClient, StatusError } from 'grpc-iterables';
import type { FromClient } from 'proto/gen/chatserver/FromClient';
import type { FromServer__Output } from 'proto/gen/chatserver/FromServer';
import type { ServicesClient } from 'proto/gen/chatserver/Services';
import { newBackoff } from './backoff.ts';
import { newBell } from './bell.ts';
import { type Mark, markOf, readMark } from './marks.ts';
import { newOutbox } from './outbox.ts';
import type { Change, Participant } from './room.ts';

/** Something that happens in the chat. */
export type Happening =
  /** `isNewRoom`: the earlier room is gone. The last messages of others may be missing; messages that were under way may come twice. */
  | { type: 'joined'; code: string; isNewRoom: boolean }
  | { type: 'said'; position: number; code: string; name: string; text: string }
  | { type: 'dropped'; dropped: number; text: string }
  | { type: 'acknowledged'; upTo: number; read: number }
  | { type: 'present'; members: Participant[] }
  | ({ type: 'changed' } & Change)
  | { type: 'lost'; reason: StatusError; retryIn: number };

export interface Session {
  /**
   * Stays in the chat until `leave` and the last acknowledgement.
   *
   * @param report gets each happening; the next one is read when it resolves
   * @throws StatusError if the first connection fails, if a new connection would fail in the same way, and if the caller's signal is aborted
   */
  stay(report: (happening: Happening) => Promise<void> | void): Promise<void>;
  /** Sends a message, and sends it again after a reconnect until the server has it. Resolves when there is room for more. */
  say(text: string): Promise<void>;
  /** Asks who is present. */
  askWho(): void;
  /** Leaves when the server has acknowledged all messages. */
  leave(): void;
  /** How many messages the server has not acknowledged. */
  unacknowledged(): number;
}

export interface SessionOptions {
  readonly name: string;
  /** How many messages may be under way; default 1000. */
  readonly window?: number;
  /** From now on `change` returns who arrives and who leaves. */
  readonly arrivals?: boolean;
  readonly call?: CallOptions;
}

/** A client that connects again with the same `sender` as long as the session lasts. */
export function newSession(
  client: IterableClient<ServicesClient>,
  { name, window = 1000, arrivals = false, call = {} }: SessionOptions,
): Session {
  const sender = randomUUID();
  const backoff = newBackoff();
  const leaving = new AbortController();
  const outbox = newOutbox(window, () => wake());
  let wake = () => {};
  // ROOM:POSITION of the last message that this client has heard.
  let heard = '';
  let asking = false;

  // #region requests
  /** The requests of one connection: the name, then messages that are not acknowledged yet, then new ones. */
  async function* requests(over: AbortSignal): AsyncGenerator<FromClient> {
    const bell = newBell();
    wake = bell.ring;
    over.addEventListener('abort', bell.ring, { once: true });
    yield { name, arrivals };
    let sent = 0;
    while (!over.aborted) {
      const message = outbox.after(sent);
      if (message) {
        sent = message.number;
        yield { name, body: message.text, number: sent };
      } else if (asking) {
        asking = false;
        yield { name, who: true };
      } else if (leaving.signal.aborted) return;
      else await bell.rung();
    }
  }
  // #endregion requests

  async function connection(report: (happening: Happening) => Promise<void> | void): Promise<void> {
    const metadata = call.metadata?.clone() ?? new Metadata();
    metadata.set('sender', sender);
    if (heard !== '') metadata.set('after', heard);
    let room = '';
    const onHeaders = (headers: Metadata) => {
      const mark = headerOf(headers, 'after');
      const before = readMark(heard);
      const now = readMark(mark);
      room = now?.room ?? '';
      const isNewRoom = before !== undefined && isNewRoomOf(before, now);
      if (!before || isNewRoom) heard = mark;
      void report({ type: 'joined', code: headerOf(headers, 'code'), isNewRoom });
    };
    let members: Participant[] = [];
    const over = new AbortController();
    try {
      for await (const response of client.chatService(requests(over.signal), {
        ...call,
        metadata,
        onHeaders,
      })) {
        backoff.reset();
        members = [...members, ...response.members];
        if (response.more) continue;
        const happening = happeningOf({ ...response, members });
        members = [];
        if (happening.type === 'acknowledged') {
          outbox.acknowledge(happening.upTo);
          if (happening.read > 0) heard = markOf(room, happening.read);
        }
        if (happening.type === 'said' && happening.position > 0) heard = markOf(room, happening.position);
        await report(happening);
      }
    } finally {
      over.abort();
    }
  }

  return {
    // #region stay
    async stay(report) {
      for (;;) {
        const reason = await failureOf(() => connection(report));
        if (leaving.signal.aborted && (reason === undefined || outbox.size() === 0)) return;
        // If the first connection fails, the address is probably wrong.
        if (reason && heard === '') throw reason;
        const retryIn = retryDelayOf(reason) ?? backoff.next();
        await report({ type: 'lost', reason: reason ?? ended(), retryIn });
        await pause(retryIn);
      }
    },
    // #endregion stay
    say: (text) => outbox.add(text),
    askWho() {
      asking = true;
      wake();
    },
    leave() {
      leaving.abort();
      wake();
    },
    unacknowledged: outbox.size,
  };

  async function failureOf(attempt: () => Promise<void>): Promise<StatusError | undefined> {
    try {
      await attempt();
      return undefined;
    } catch (error) {
      const passes = error instanceof StatusError && PASSING.has(error.code) && !call.signal?.aborted;
      if (passes) return error;
      throw error;
    }
  }

  /** Waits; ends early when the caller's signal is aborted. */
  async function pause(milliseconds: number): Promise<void> {
    const signals = [call.signal, outbox.size() === 0 ? leaving.signal : undefined];
    const signal = AbortSignal.any(signals.filter((given) => given !== undefined));
    await delay(milliseconds, undefined, { signal }).catch(() => call.signal?.throwIfAborted());
  }
}

const PASSING = new Set([status.UNAVAILABLE, status.RESOURCE_EXHAUSTED, status.ABORTED, status.INTERNAL]);

const ended = () => new StatusError(status.UNAVAILABLE, 'the server ended the chat');

const headerOf = (headers: Metadata, name: string) => String(headers.get(name)[0] ?? '');

/** How long the server asks to wait, in milliseconds. */
function retryDelayOf(reason: StatusError | undefined): number | undefined {
  for (const detail of reason ? detailsOf(reason) : []) {
    if (detail.type !== 'RetryInfo') continue;
    const { seconds = 0, nanos = 0 } = detail.retryDelay ?? {};
    return Math.max(0, Number(seconds) * 1000 + nanos / 1e6);
  }
  return undefined;
}

/** Whether the server no longer has the room that a mark is from, or not all of it. */
const isNewRoomOf = (before: Mark, now: Mark | undefined) =>
  now?.room !== before.room || now.position < before.position;

function happeningOf(response: FromServer__Output): Happening {
  const { name, message, acknowledged, read, code, position, dropped, members, arrived, left } = response;
  if (members.length > 0) return { type: 'present', members };
  if (arrived.length + left.length > 0) return { type: 'changed', arrived, left };
  if (acknowledged !== '0') return { type: 'acknowledged', upTo: Number(acknowledged), read: Number(read) };
  if (dropped !== '0') return { type: 'dropped', dropped: Number(dropped), text: message };
  return { type: 'said', position: Number(position), code, name, text: message };
}
