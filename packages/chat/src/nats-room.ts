// A room in a NATS broker. Several chat servers share it, and its messages stay when the servers end.
import { setTimeout as delay } from 'node:timers/promises';
import {
  type ConsumerMessages,
  DeliverPolicy,
  type JsMsg,
  jetstream,
  jetstreamManager,
  type StoredMsg,
} from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { type Audience, type AudienceOptions, newAudience } from './audience.ts';
import { newCode, senderOf } from './codes.ts';
import { markOf, readMark } from './marks.ts';
import { natsArchive } from './nats-archive.ts';
import { natsAttendance } from './nats-attendance.ts';
import { newSpeech } from './nats-speech.ts';
import { entriesOf, openStream, readStored, subjectsOf } from './nats-stream.ts';
import { brokerLost, restarted } from './refusals.ts';
import type { Gap, Room, Said } from './room.ts';
import { newTurnstile } from './turnstile.ts';

export interface NatsRoomOptions extends AudienceOptions {
  /** Where the broker is, as in `nats://127.0.0.1:4222`. */
  readonly broker: string;
  /** What the room is called in the broker: servers with the same one share it. */
  readonly name: string;
  /** Gets a line for each message in the room's subject that did not come from a chat server. */
  readonly log?: (line: string) => void;
}

/** What this server has heard. If the broker loses messages, a new room begins, with a new object of this kind. */
interface Heard {
  /** The room in the marks of this room. */
  readonly id: string;
  /** The room began after this position. */
  readonly begun: number;
  readonly audience: Audience;
  /** The last position that this server heard, and the last one that the broker has given out, as far as is known. */
  position: number;
  last: number;
}

// In milliseconds: how often the broker has to send something. After two intervals without a message this server asks it again.
const HEARTBEAT = 1000;

/**
 * Opens the room, and hears its messages from then on.
 *
 * Its order is that of the broker's stream, in which a message has the same place for all servers and after every restart.
 *
 * @throws Error if the broker can't be reached, or has no JetStream
 */
export async function natsRoom(options: NatsRoomOptions): Promise<Room> {
  const broker = await connect({ servers: options.broker, maxReconnectAttempts: -1, reconnectTimeWait: 250 });
  const client = jetstream(broker);
  const manager = await jetstreamManager(broker);
  const subjects = subjectsOf(options.name);
  const closing = new AbortController();
  const turn = newTurnstile();
  // Its name, when the stream was made, and where a new room began.
  const ofThisRoom = new RegExp(`^${options.name}-\\d+-\\w+$`);
  let messages: ConsumerMessages | undefined;
  let heard = await open();
  const attendance = natsAttendance(broker, subjects);
  const hearing = hearAll();

  /** What was heard so far. If the broker has lost some of it, a new room begins. */
  async function open(before?: Heard): Promise<Heard> {
    const stream = await openStream(manager, subjects);
    const { last_seq: last, first_seq: first } = stream.state;
    const since = `${options.name}-${Date.parse(stream.created)}-`;
    if (before?.id.startsWith(since) && last < before.position) {
      // The broker will use positions a second time. This message informs all servers.
      await client.publish(subjects.begun, newCode());
      return open({ ...before, id: '' });
    }
    const begun = await manager.streams.getMessage(subjects.stream, { last_by_subj: subjects.begun });
    const id = since + (begun ? nameOf(begun) : '0');
    if (before?.id === id) return before;
    return beginAnew(id, begun?.seq ?? 0, Math.max(last - options.messages, first - 1, 0), last);
  }

  async function beginAnew(id: string, begun: number, from: number, last: number): Promise<Heard> {
    const archive = natsArchive(client, subjects.stream, () => next.last);
    const next: Heard = { id, begun, audience: newAudience(options, from, archive), position: from, last };
    while (next.position < last) for (const entry of await archive.after(next.position)) hear(next, entry);
    return next;
  }

  function hear(by: Heard, entry: Said | Gap): void {
    by.position = entry.position;
    by.last = Math.max(by.last, entry.position);
    by.audience.hear(entry);
  }

  // #region hear
  /** Reads the messages in the stream, from all servers, this one included. */
  async function hearAll(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        // If the broker has lost messages, this begins a new room.
        await reopen();
        messages = await messagesAfter(heard.position);
        for await (const message of messages) {
          // If many messages wait, this pause gives the members time to read them.
          await turn();
          for (const entry of entriesOf(message, heard.position)) hear(heard, entry);
          if (isOfAnotherProgram(message))
            options.log?.(`skipped message ${message.seq} in ${message.subject}`);
          if (beginsNewRoom(message)) break;
        }
      } catch {
        // The broker cannot be reached, or is not ready yet. A member that speaks in the meantime gets UNAVAILABLE.
      }
      void messages?.close();
      await delay(HEARTBEAT, undefined, { signal: closing.signal }).catch(() => {});
    }
  }
  // #endregion hear

  function isOfAnotherProgram(message: JsMsg): boolean {
    return message.subject !== subjects.begun && !readStored(message);
  }

  /** Whether another server has begun a new room. */
  function beginsNewRoom(message: JsMsg): boolean {
    return message.subject === subjects.begun && !heard.id.endsWith(`-${nameOf(message)}`);
  }

  async function reopen(): Promise<void> {
    const before = heard;
    heard = await open(before);
    if (heard !== before) before.audience.close(restarted());
  }

  async function messagesAfter(position: number): Promise<ConsumerMessages> {
    const consumer = await client.consumers.get(subjects.stream, {
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: position + 1,
    });
    return consumer.consume({
      expires: 10 * HEARTBEAT,
      idle_heartbeat: HEARTBEAT,
      abort_on_missing_resource: true,
    });
  }

  /** The position after which a client hears; undefined: it is a newcomer. */
  async function placeOf(after: string, { id, begun, position }: Heard): Promise<number | undefined> {
    const mark = readMark(after);
    if (!mark || !ofThisRoom.test(mark.room)) return undefined;
    // It was in the room before this one, so every message in this room is new to it.
    if (mark.room !== id) return begun;
    if (mark.position <= position) return mark.position;
    // It was connected to a server that has read more, or its mark is not from a server.
    const { state } = await manager.streams.info(subjects.stream).catch(brokerAway);
    return mark.position <= state.last_seq ? mark.position : undefined;
  }

  return {
    size: () => heard.audience.size(),
    async join({ secret, after, wake, end }) {
      const sender = senderOf(secret);
      const speech = await newSpeech(client, manager, subjects, sender, secret !== '');
      let now: Heard;
      let place: number | undefined;
      do {
        now = heard;
        // A newcomer does not hear messages that were acknowledged before it joined, even if this server has not read them yet.
        place = (await placeOf(after, now)) ?? (options.history === 0 ? now.last : undefined);
        // In the meantime a new room may have begun.
      } while (now !== heard);
      const code = newCode();
      const listener = now.audience.listen({ sender, after: place, wake, end });
      const { exit, ...attendee } = attendance.enter(code, wake);

      return {
        ...listener,
        ...attendee,
        code,
        mark: markOf(now.id, Math.max(now.position, place ?? 0)),
        taken: speech.taken,
        async say({ name, text, number }) {
          listener.check();
          const said = await speech.say({ code, name, text, number });
          now.last = Math.max(now.last, said);
        },
        who: attendance.who,
        finish() {
          listener.finish();
          exit();
        },
        leave() {
          listener.leave();
          exit();
        },
      };
    },
    async close(reason) {
      closing.abort();
      heard.audience.close(reason);
      attendance.close();
      void messages?.close();
      await broker.close();
      await hearing;
    },
  };
}

/** The name of a new room. */
const nameOf = (begun: JsMsg | StoredMsg) =>
  begun.string().replace(/\W/g, '').slice(0, 20) || String(begun.seq);

function brokerAway(error: unknown): never {
  throw brokerLost(error);
}
