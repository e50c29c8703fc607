import { status } from '@grpc/grpc-js';
import { StatusError } from 'grpc-iterables';

/**
 * The messages, and a `beat` whenever there was none for `every` milliseconds. For responses as for requests.
 *
 * @throws RangeError if `every` is not above 0 and at most 24.8 days
 *
 * @example
 * Watch: (request) => withBeats(changes(request), 15_000, { heartbeat: true }),
 */
export async function* withBeats<Message>(
  messages: AsyncIterable<Message>,
  every: number,
  beat: Message,
): AsyncGenerator<Message, void> {
  for await (const message of orSilence(messages, every)) yield message === SILENCE ? beat : message;
}

/**
 * The messages without the beats. Throws UNAVAILABLE if nothing came for `longestSilence` milliseconds, not even a beat. Then the
 * other side is gone, or cannot be reached.
 *
 * @throws RangeError if `longestSilence` is not above 0 and at most 24.8 days
 *
 * @example
 * for await (const change of withoutBeats(client.watch({}), ({ heartbeat }) => heartbeat, 45_000)) console.log(change);
 */
export async function* withoutBeats<Message>(
  messages: AsyncIterable<Message>,
  isBeat: (message: Message) => boolean,
  longestSilence: number,
): AsyncGenerator<Message, void> {
  for await (const message of orSilence(messages, longestSilence)) {
    if (message === SILENCE) {
      throw new StatusError(status.UNAVAILABLE, `nothing was received for ${longestSilence} ms`);
    }
    if (!isBeat(message)) yield message;
  }
}

const SILENCE = Symbol('silence');
// Timers take no more (https://nodejs.org/docs/latest-v20.x/api/timers.html#settimeoutcallback-delay-args).
const LONGEST_TIMER = 2 ** 31 - 1;

/** The messages, and SILENCE each time that none came for `longest` milliseconds. */
async function* orSilence<Message>(
  messages: AsyncIterable<Message>,
  longest: number,
): AsyncGenerator<Message | typeof SILENCE, void> {
  if (!(longest > 0 && longest <= LONGEST_TIMER)) {
    throw new RangeError(`the silence is ${longest} ms; it has to be above 0 and at most ${LONGEST_TIMER}`);
  }
  const iterator = messages[Symbol.asyncIterator]();
  let next: IteratorResult<Message> | undefined;
  let failure: { error: unknown } | undefined;
  let wake = () => {};
  // One promise for each message, however many beats come before it: a race for each beat would pile up.
  const read = () => {
    iterator
      .next()
      .then(
        (result) => {
          next = result;
        },
        (error) => {
          failure = { error };
        },
      )
      .finally(() => wake());
  };
  try {
    read();
    for (;;) {
      if (!next && !failure) await wokenOrAfter(longest, (resolve) => (wake = resolve));
      if (failure) throw failure.error;
      if (!next) yield SILENCE;
      else if (next.done) return;
      else {
        const { value } = next;
        next = undefined;
        yield value;
        read();
      }
    }
  } finally {
    // Not awaited: a source that is silent may answer only with its next message.
    void Promise.resolve(iterator.return?.()).catch(() => {});
  }
}

async function wokenOrAfter(time: number, onWake: (resolve: () => void) => void): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await new Promise<void>((resolve) => {
    timer = setTimeout(resolve, time);
    onWake(resolve);
  });
  clearTimeout(timer);
}
