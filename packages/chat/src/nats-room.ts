// A room in a NATS broker (https://docs.nats.io/nats-concepts/jetstream): several chat servers share it, and what was said in
// it outlives them.
import { setTimeout as delay } from 'node:timers/promises';
import {
  type ConsumerMessages,
  DeliverPolicy,
  type JetStreamManager,
  type JsMsg,
  jetstream,
  jetstreamManager,
  type StreamInfo,
} from '@nats-io/jetstream';
import { connect, nanos } from '@nats-io/transport-node';
import { type AudienceOptions, newAudience } from './audience.ts';
import { newCode } from './codes.ts';
import { markOf, positionOf } from './marks.ts';
import { brokerLost } from './refusals.ts';
import type { Line, Participant, Room, Said } from './room.ts';
import { newTaken } from './taken.ts';

export interface NatsRoomOptions extends AudienceOptions {
  /** Where the broker is, as in `nats://127.0.0.1:4222`. */
  readonly broker: string;
  /** What the room is called in the broker: servers with the same one share it. */
  readonly name: string;
}

/** A message as it is in the broker. */
interface Stored extends Omit<Said, 'position'> {
  readonly number: number;
}

// In milliseconds. For so long the broker knows by itself what it has taken; beyond that every server does.
const DUPLICATE_WINDOW = 120_000;
const PUBLISH_TIMEOUT = 5000;
// How often the broker has to give a sign of life. After two without one this server asks anew for what comes.
const HEARTBEAT = 1000;
// How much of what was said the broker keeps, for those who come back after long.
const KEPT = 100_000;
// How long servers have to say who is with them: each one after the one before it, and all together.
const NEXT_ANSWER = 100;
const ALL_ANSWERS = 1000;

/**
 * Opens the room, and hears what is said in it from then on.
 *
 * Its order is that of the broker's stream, in which a message has the same place for all servers and after every restart.
 *
 * @throws Error if the broker can't be reached, or has no JetStream
 */
export async function natsRoom(options: NatsRoomOptions): Promise<Room> {
  const broker = await connect({ servers: options.broker, maxReconnectAttempts: -1, reconnectTimeWait: 250 });
  const subject = `chat.${options.name}`;
  const manager = await jetstreamManager(broker);
  const stream = await openStream(manager, options.name, `${subject}.said`);
  // A stream that was deleted and made again is another room.
  const id = `${options.name}-${Date.parse(stream.created)}`;
  const audience = newAudience(options);
  const members = new Map<string, Participant>();
  const taken = newTaken();
  let position = Math.max(stream.state.last_seq - options.messages, stream.state.first_seq - 1, 0);
  let closing = false;
  let caughtUp = () => {};
  // Who joined before would take for new what was said long ago.
  const ready = new Promise<void>((resolve) => {
    caughtUp = resolve;
  });
  let messages = await newMessages();
  const hearing = hearAll();
  if (stream.state.messages > 0) await ready;
  const answering = answerWho();

  // #region hear
  /** What comes into the stream after what was heard so far, from all servers, this one included. */
  async function newMessages(): Promise<ConsumerMessages> {
    const consumer = await jetstream(broker).consumers.get(stream.config.name, {
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: position + 1,
    });
    return consumer.consume({ expires: 10 * HEARTBEAT, idle_heartbeat: HEARTBEAT });
  }

  function hear(message: JsMsg): void {
    const { number, ...said } = message.json<Stored>();
    position = message.seq;
    if (taken.take(said.sender, number)) audience.hear({ ...said, position });
    if (message.info.pending === 0) caughtUp();
  }

  async function hearAll(): Promise<void> {
    while (!closing) {
      try {
        for await (const message of messages) hear(message);
        if (!closing) messages = await newMessages();
      } catch {
        // The broker is away, or not itself again yet. Who speaks meanwhile is told.
        await delay(HEARTBEAT);
      }
    }
  }
  // #endregion hear

  // #region say
  /** Resolves when the broker has it. One that it has already, by its number, it does not take again. */
  async function publish(line: Stored): Promise<void> {
    try {
      await jetstream(broker).publish(`${subject}.said`, JSON.stringify(line), {
        timeout: PUBLISH_TIMEOUT,
        ...(line.number > 0 ? { msgID: `${line.sender}:${line.number}` } : {}),
      });
    } catch (error) {
      throw brokerLost(error);
    }
  }
  // #endregion say

  /** Tells other servers who is here. */
  function answerWho(): { unsubscribe(): void } {
    return broker.subscribe(`${subject}.who`, {
      callback: (_, request) => void request.respond(JSON.stringify([...members.values()])),
    });
  }

  async function who(): Promise<Participant[]> {
    const present: Participant[] = [];
    try {
      const answers = await broker.requestMany(`${subject}.who`, '', {
        strategy: 'stall',
        stall: NEXT_ANSWER,
        maxWait: ALL_ANSWERS,
      });
      for await (const answer of answers) present.push(...answer.json<Participant[]>());
      return present;
    } catch (error) {
      throw brokerLost(error);
    }
  }

  return {
    size: audience.size,
    async join({ sender: known, after, wake, end }) {
      const code = newCode();
      const sender = known || code;
      const listener = audience.listen({ sender, after: positionOf(after, id), wake, end });
      members.set(code, { code, name: '' });

      return {
        code,
        mark: markOf(id, position),
        taken: taken.upTo(sender),
        rename: (name) => void members.set(code, { code, name }),
        async say({ name, text, number }: Line) {
          listener.check();
          if (number === 0 || number > taken.upTo(sender))
            await publish({ sender, code, name, text, number });
        },
        read: listener.read,
        who,
        leave() {
          listener.leave();
          members.delete(code);
        },
      };
    },
    async close(reason) {
      audience.close(reason);
      answering.unsubscribe();
      closing = true;
      await messages.close();
      await broker.close();
      await hearing;
    },
  };
}

function openStream(manager: JetStreamManager, name: string, subject: string): Promise<StreamInfo> {
  return manager.streams.add({
    name: `chat-${name}`,
    subjects: [subject],
    max_msgs: KEPT,
    duplicate_window: nanos(DUPLICATE_WINDOW),
  });
}
