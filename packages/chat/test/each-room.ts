// Runs tests in both kinds of room.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { status } from '@grpc/grpc-js';
import { type Broker, startBroker, whyNoBroker } from 'cli/broker';
import { StatusError } from 'grpc-iterables';
import type { AudienceOptions } from '../src/audience.ts';
import { newCode } from '../src/codes.ts';
import { memoryRoom } from '../src/memory-room.ts';
import { natsRoom } from '../src/nats-room.ts';
import type { Room } from '../src/room.ts';
import { connect, enter, type Guest, startChat, type Test } from './rooms.ts';

type OpenRoom = (options: AudienceOptions) => Room | Promise<Room>;

export type StartGuests = ReturnType<typeof startGuestsIn>;

/** A function that starts a chat with so many clients in it. */
export const startGuestsIn =
  (openRoom: OpenRoom) =>
  async (t: Test, count: number, options: Parameters<typeof startChat>[1] = {}) => {
    const chat = await startChat(t, options, openRoom);
    const guests: Guest[] = [];
    while (guests.length < count) guests.push(await enter(connect(t, chat.address).chat));
    const [a, b, c] = guests as [Guest, Guest, Guest];
    return { ...chat, guests, a, b, c };
  };

/** Registers the tests once for a room in memory, and once for rooms in a broker. */
export function inEachRoom(tests: (startGuests: StartGuests) => void): void {
  const skip = whyNoBroker() ?? false;
  let broker: Broker | undefined;
  describe('in memory', () => tests(startGuestsIn(memoryRoom)));
  describe('in a broker', { skip }, () => {
    before(async () => {
      broker = await startBroker();
    });
    after(() => broker?.remove());
    tests(startGuestsIn((options) => natsRoom({ ...options, broker: broker?.url ?? '', name: newCode() })));
  });
}

/** Checks that an error is a status with this code and text. */
export const failsWith =
  (code: status, details: RegExp, alsoCheck = (_: StatusError) => {}) =>
  (error: unknown) => {
    assert.ok(error instanceof StatusError, `expected a StatusError, got ${error}`);
    assert.equal(status[error.code], status[code]);
    assert.match(error.details, details);
    alsoCheck(error);
    return true;
  };
