// One stream that is silent for a while, and what becomes of it.
import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Metadata, status } from '@grpc/grpc-js';
import { connect, defineService, type RunningServer, StatusError, serve } from 'grpc-iterables';
import { Stress } from 'proto';
import type { StressHandlers } from 'proto/gen/stress/Stress';
import { withBeats, withoutBeats } from '../heartbeat.ts';

/** What is sent during the silence: nothing, HTTP/2's PING, or messages of the application. */
export type Way = 'silent' | 'ping' | 'beats of the client' | 'beats of the server' | 'beats of both';

const EVERY = 200;
const BEAT = { plan: 'beat' };
const isBeat = ({ plan }: { plan?: string }) => plan === BEAT.plan;
const LONGEST_SILENCE = 60_000;

export interface WatchedServer extends RunningServer {
  /** How the handler saw the requests of each call end. */
  readonly endings: string[];
  /** Resolves when that many calls have ended. */
  ended(calls: number): Promise<void>;
}

/** A server that answers each request. It sends beats to clients that ask for them. */
export async function startServer(): Promise<WatchedServer> {
  const none = () => {
    throw new StatusError(status.UNIMPLEMENTED, 'only Exchange is served');
  };
  const endings: string[] = [];
  const changes = new EventEmitter();
  async function* noted<Message>(requests: AsyncIterable<Message>) {
    try {
      yield* requests;
      endings.push('complete');
    } catch (error) {
      endings.push(error instanceof StatusError ? (status[error.code] as string) : String(error));
      throw error;
    } finally {
      changes.emit('ended');
    }
  }
  const service = defineService<StressHandlers>(Stress.service, {
    Unary: none,
    Download: none,
    Upload: none,
    Exchange(requests, { metadata }) {
      const answers = withoutBeats(noted(requests), isBeat, LONGEST_SILENCE);
      return metadata.get('beats').length > 0 ? withBeats(answers, EVERY, BEAT) : answers;
    },
  });
  return {
    ...(await serve([service], { gracePeriod: 0 })),
    endings,
    async ended(calls) {
      while (endings.length < calls) await once(changes, 'ended');
    },
  };
}

/** How a stream ended: with all answers, or with the status that it was cut with. */
export interface Outcome {
  readonly ended: 'complete' | keyof typeof status;
  readonly answers: number;
}

/** A stream of two requests with `silence` milliseconds between them. */
export async function idleStream(address: string, way: Way, silence: number): Promise<Outcome> {
  const keepalive = way === 'ping' ? { keepalive: { interval: EVERY, timeout: 20_000 } } : {};
  await using client = connect(Stress, address, keepalive);
  const metadata = new Metadata();
  if (way === 'beats of the server' || way === 'beats of both') metadata.set('beats', 'please');
  const cut = new AbortController();

  async function* requests() {
    yield { sequence: 1 };
    await delay(silence, undefined, { signal: cut.signal }).catch(() => {});
    yield { sequence: 2 };
  }
  const beating = way === 'beats of the client' || way === 'beats of both';
  const sent = beating ? withBeats<object>(requests(), EVERY, BEAT) : requests();
  let answers = 0;
  try {
    const responses = client.exchange(sent, { metadata });
    for await (const _ of withoutBeats(responses, isBeat, LONGEST_SILENCE)) answers++;
    return { ended: 'complete', answers };
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return { ended: status[error.code] as keyof typeof status, answers };
  } finally {
    cut.abort();
  }
}

/** Makes `calls` streams, one after another, and cancels each after its first answer. */
export async function cancelStreams(address: string, calls: number): Promise<void> {
  await using client = connect(Stress, address);
  for (let call = 0; call < calls; call++) {
    const abort = new AbortController();
    async function* requests() {
      yield { sequence: 1 };
      await delay(LONGEST_SILENCE, undefined, { signal: abort.signal }).catch(() => {});
    }
    try {
      for await (const _ of client.exchange(requests(), { signal: abort.signal })) abort.abort();
    } catch (error) {
      if (!abort.signal.aborted) throw error;
    }
  }
}
