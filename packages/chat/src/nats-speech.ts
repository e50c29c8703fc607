import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream';
import { isOvertaken, readStored, type Stored, type Subjects } from './nats-stream.ts';
import { brokerLost } from './refusals.ts';

/** The last numbered message of a sender that the broker has: its number, and its place in the stream. */
interface Last {
  readonly number: number;
  readonly position: number;
}

/** Publishes the messages of one sender, each once. */
export interface Speech {
  /** The number of its last message that the broker has. */
  readonly taken: number;
  /**
   * Resolves when the broker has the message, with the position of this sender's last message. The broker does not take a
   * message again if it already has its number.
   */
  say(line: Omit<Stored, 'sender'>): Promise<number>;
}

const PUBLISH_TIMEOUT = 5000;
const NOTHING: Last = { number: 0, position: 0 };

/** @param known whether the sender may have said something before, through any server */
export async function newSpeech(
  jetstream: JetStreamClient,
  manager: JetStreamManager,
  { stream, said }: Subjects,
  sender: string,
  known: boolean,
): Promise<Speech> {
  const own = `${said}.${sender}`;
  let last = known ? await lastOfSender() : NOTHING;

  async function lastOfSender(): Promise<Last> {
    try {
      const message = await manager.streams.getMessage(stream, { last_by_subj: own });
      return message ? { number: readStored(message)?.number ?? 0, position: message.seq } : NOTHING;
    } catch (error) {
      throw brokerLost(error);
    }
  }

  async function publish(subject: string, line: Stored, expected?: number): Promise<number> {
    const { seq } = await jetstream.publish(subject, JSON.stringify(line), {
      timeout: PUBLISH_TIMEOUT,
      ...(expected === undefined ? {} : { expect: { lastSubjectSequence: expected } }),
    });
    return seq;
  }

  // #region say
  /**
   * Publishes a message in the sender's own subject, with the position of the sender's last message. If another server has published
   * for this sender in the meantime, the broker refuses. Then this server reads the position again, and tries again if necessary.
   */
  async function sayOnce(line: Stored): Promise<number> {
    while (line.number > last.number) {
      try {
        last = { number: line.number, position: await publish(own, line, last.position) };
      } catch (error) {
        if (!isOvertaken(error)) throw brokerLost(error);
        last = await lastOfSender();
      }
    }
    return last.position;
  }
  // #endregion say

  return {
    taken: last.number,
    async say(line) {
      if (line.number > 0) return sayOnce({ ...line, sender });
      return publish(said, { ...line, sender }).catch((error) => {
        throw brokerLost(error);
      });
    },
  };
}
