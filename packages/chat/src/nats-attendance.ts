import type { Msg, NatsConnection } from '@nats-io/transport-node';
import { type Attendance, inParts, newAttendance } from './attendance.ts';
import type { Subjects } from './nats-stream.ts';
import { brokerLost } from './refusals.ts';
import type { Change, Participant } from './room.ts';

/** The members of a room, over all of its servers. */
export interface SharedAttendance extends Attendance {
  /** Asks all servers. */
  who(): Promise<Participant[]>;
  close(): void;
}

// In milliseconds: how long to wait for the next server's answer, and for all answers together.
const NEXT_ANSWER = 100;
const ALL_ANSWERS = 1000;

/** Each server knows its own members: it answers questions, and announces arrivals to the other servers. */
export function natsAttendance(broker: NatsConnection, subjects: Subjects): SharedAttendance {
  const attendance = newAttendance((change) => {
    // Members leave even after the room is closed.
    if (!broker.isClosed()) broker.publish(subjects.attendance, JSON.stringify(change));
  });
  const subscriptions = [
    broker.subscribe(subjects.attendance, {
      callback: (_, message) => attendance.announce(readChange(message)),
    }),
    broker.subscribe(subjects.who, {
      callback: (_, question) => {
        for (const part of inParts(attendance.list())) question.respond(JSON.stringify(part));
      },
    }),
  ];

  return {
    ...attendance,
    async who() {
      const present: Participant[] = [];
      try {
        const answers = await broker.requestMany(subjects.who, '', {
          strategy: 'stall',
          stall: NEXT_ANSWER,
          maxWait: ALL_ANSWERS,
        });
        for await (const answer of answers) present.push(...readParticipants(jsonOf(answer)));
        return present;
      } catch (error) {
        throw brokerLost(error);
      }
    },
    close() {
      attendance.flush();
      for (const subscription of subscriptions) subscription.unsubscribe();
    },
  };
}

function jsonOf(message: Msg): unknown {
  try {
    return message.json();
  } catch {
    return undefined;
  }
}

function readChange(message: Msg): Change {
  const value = jsonOf(message);
  const { arrived, left }: { arrived?: unknown; left?: unknown } =
    typeof value === 'object' && value !== null ? value : {};
  return { arrived: readParticipants(arrived), left: readParticipants(left) };
}

/** The participants in a message; none if it is something else, because any program that reaches the broker can send it. */
function readParticipants(value: unknown): Participant[] {
  return Array.isArray(value) ? value.filter(isParticipant) : [];
}

function isParticipant(value: unknown): value is Participant {
  if (typeof value !== 'object' || value === null) return false;
  const { code, name } = value as Partial<Participant>;
  return typeof code === 'string' && typeof name === 'string';
}
