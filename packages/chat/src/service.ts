import { Metadata } from '@grpc/grpc-js';
import { defineService, type Service } from 'grpc-iterables';
import { ChatServices } from 'proto';
import type { FromClient__Output } from 'proto/gen/chatserver/FromClient';
import type { FromServer } from 'proto/gen/chatserver/FromServer';
import type { ServicesHandlers } from 'proto/gen/chatserver/Services';
import { newBell } from './bell.ts';
import { newRateLimit } from './rate.ts';
import { badMessage, badSender, tooFast } from './refusals.ts';
import { listOf, responseTo, serializedOnce } from './responses.ts';
import type { Member, Room } from './room.ts';
import { newTurnstile } from './turnstile.ts';

export interface ChatOptions {
  /** How many messages a client may send in a second. */
  readonly rate: number;
  /** Gets a line for each client that joins or leaves. */
  readonly log: (line: string) => void;
}

const headerOf = (metadata: Metadata, name: string) => String(metadata.get(name)[0] ?? '');

function welcome({ code, mark }: Member): Metadata {
  const headers = new Metadata();
  headers.set('code', code);
  headers.set('after', mark);
  return headers;
}

/** The service behind `server.ts`, for a room of any kind. */
export function chatService(room: Room, { rate, log }: ChatOptions): Service {
  const turn = newTurnstile();

  return defineService<ServicesHandlers>(serializedOnce(ChatServices.service), {
    // #region chat
    async *ChatService(requests, { metadata, signal, sendHeaders }) {
      const secret = headerOf(metadata, 'sender');
      const refusal = badSender(secret);
      if (refusal) throw refusal;
      const bell = newBell();
      const state: State = { acknowledged: 0, asked: false, finished: undefined };
      const endedByRoom = new AbortController();
      const member = await room.join({
        secret,
        after: headerOf(metadata, 'after'),
        wake: bell.ring,
        end: (reason) => endedByRoom.abort(reason),
      });
      state.acknowledged = member.taken;
      for (const over of [signal, endedByRoom.signal]) {
        over.addEventListener('abort', () => finish(over.reason), { once: true });
        if (over.aborted) finish(over.reason);
      }
      log(`${member.code} joined`);
      sendHeaders(welcome(member));
      readAll(requests, member, state, bell.ring).then(() => finish(), finish);
      try {
        yield* answers(member, state, bell.rung);
      } finally {
        finish();
        member.leave();
      }

      /** Without `failure`: the client has half-closed, and gets the rest. With `failure`: the call ends. This can also come after a half-close. */
      function finish(failure?: Error): void {
        if (state.finished?.failure || (state.finished && !failure)) return;
        if (!state.finished) log(`${member.code} left${failure ? `: ${failure.message}` : ''}`);
        state.finished = { failure };
        bell.ring();
        if (failure) {
          // Leave now. If the client does not read, the generator stays in its `yield`, and `finally` above does not run yet.
          member.leave();
          void requests.return?.();
        } else member.finish();
      }
    },
    // #endregion chat
  });

  /** Passes on everything that a client sends, until its half-close. */
  async function readAll(
    requests: AsyncIterable<FromClient__Output>,
    member: Member,
    state: State,
    ring: () => void,
  ): Promise<void> {
    const wait = newRateLimit(rate);
    for await (const request of requests) {
      const refusal = badMessage(request);
      if (refusal) throw refusal;
      const milliseconds = wait();
      if (milliseconds > 0) throw tooFast(rate, milliseconds);
      await turn();
      const { name, body, number, who, arrivals } = request;
      member.rename(name);
      if (arrivals) member.watch();
      if (body !== '') await member.say({ name, text: body, number: Number(number) });
      state.acknowledged = Math.max(state.acknowledged, Number(number));
      state.asked ||= who;
      ring();
    }
  }
}

/** What happened to a client's own messages. The reading task writes it, the generator reads it. */
interface State {
  acknowledged: number;
  asked: boolean;
  finished: { failure: Error | undefined } | undefined;
}

// #region answers
/** The messages of others, with acknowledgements and lists between them. If several acknowledgements wait, only the last one is sent. */
async function* answers(
  member: Member,
  state: State,
  changed: () => Promise<void>,
): AsyncGenerator<FromServer> {
  let reported = 0;
  for (;;) {
    const { acknowledged, asked, finished } = state;
    if (acknowledged > reported) {
      reported = acknowledged;
      yield { acknowledged: String(reported), read: member.position() };
    }
    if (finished?.failure) throw finished.failure;
    if (asked) {
      state.asked = false;
      yield* listOf(await member.who());
    }
    const change = member.change();
    if (change) yield change;
    const heard = member.read();
    if (heard) yield responseTo(heard);
    else if (finished && member.caughtUp()) return;
    else if (!change) await changed();
  }
}
// #endregion answers
