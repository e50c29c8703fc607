import type { Msg, NatsConnection } from '@nats-io/transport-node';
import { type Attendance, inParts, newAttendance } from './attendance.ts';
import type { Subjects } from './nats-stream.ts';
import { brokerLost } from './refusals.ts';
import type { Change, Participant } from './room.ts';

/** Those who are in a room through any of its servers. */
export interface SharedAttendance extends Attendance {
  /** Asks all servers. */
  who(): Promise<Participant[]>;
  close(): void;
}

// How long servers have to say who is with them, in milliseconds: each answer after the one before it, and all together.
const NEXT_ANSWER = 100;
const ALL_ANSWERS = 1000;

/** Each server knows those who are with it: it answers questions, and tells the others of arrivals. */
export function natsAttendance(broker: NatsConnection, subjects: Subjects): SharedAttendance {
  const attendance = newAttendance((change) => {
    // Members leave even after the room is closed.
    if (!broker.isClosed()) broker.publish(subjects.attendance, JSON.stringify(change));
  });
  const subscriptions = [
    broker.subscribe(subjects.attendance, {
      callback: (_, message) => attendance.tell(readChange(message)),
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

/** What is not a list of participants is none: whoever reaches the broker can send it. */
function readParticipants(value: unknown): Participant[] {
  return Array.isArray(value) ? value.filter(isParticipant) : [];
}

function isParticipant(value: unknown): value is Participant {
  if (typeof value !== 'object' || value === null) return false;
  const { code, name } = value as Partial<Participant>;
  return typeof code === 'string' && typeof name === 'string';
}
