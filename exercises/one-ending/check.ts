import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, type TestContext, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { connect, defineService, StatusError, serve } from 'grpc-iterables';
import { exercises } from 'proto';
import type { WeatherHandlers } from 'proto/gen/exercises/Weather';
import { attempt, event, expected, failsWith, patience } from '../harness.ts';

const { recorded } = await attempt<typeof import('./start.ts')>(import.meta.url);

/** A client of a service whose calls are recorded. The city says how a call ends. */
async function observed(t: TestContext) {
  const endings: string[] = [];
  const first = event<string>();
  const weather = defineService<WeatherHandlers>(
    exercises.Weather.service,
    {
      async Current({ city }, { signal }) {
        if (city === 'nowhere') throw new StatusError(status.NOT_FOUND, 'no station');
        if (city === 'broken') throw new TypeError('the thermometer is broken');
        if (city === 'slow') {
          await once(signal, 'abort');
          throw new Error('the handler fails after the end');
        }
        return { celsius: 4 };
      },
      async *Follow({ city }, { signal }) {
        yield { celsius: 4 };
        if (city === 'nowhere') throw new StatusError(status.NOT_FOUND, 'no station');
        if (city === 'silent' && !signal.aborted) await once(signal, 'abort');
        for (let celsius = 5; city === 'endless'; celsius++) yield { celsius };
      },
    },
    { onError: () => {} },
  );
  const middleware = [
    recorded((method, code) => {
      const ending = `${method.split('/').at(-1)} ${status[code]}`;
      endings.push(ending);
      first.happen(ending);
    }),
  ];
  const server = await serve([weather], { gracePeriod: 0, middleware });
  const client = connect(exercises.Weather, server.address);
  t.after(() => {
    void client.close();
    return server.shutdown();
  });
  /** Says what is wrong unless the only call was recorded once, with this ending. */
  async function isRecorded(ending: string): Promise<void> {
    await expected(first.happened, `the call has ended, so "${ending}" must be recorded`);
    assert.deepEqual(
      endings,
      [ending],
      `"${ending}" must be recorded once, but there is: ${endings.join(', ')}`,
    );
  }
  return { client, isRecorded };
}

// A test waits for three seconds if a call is not recorded.
describe('the middleware records', { concurrency: true }, () => {
  test('a call that is complete: OK', patience, async (t) => {
    const { client, isRecorded } = await observed(t);
    for await (const _ of client.follow({ city: 'Oslo' }));
    await isRecorded('Follow OK');
  });

  test('a call that is refused: the status that the client gets', patience, async (t) => {
    const { client, isRecorded } = await observed(t);
    await failsWith(client.current({ city: 'nowhere' }), status.NOT_FOUND);
    await isRecorded('Current NOT_FOUND');
  });

  test('a stream that fails after a response: the status that the client gets', patience, async (t) => {
    const { client, isRecorded } = await observed(t);
    const responses = client.follow({ city: 'nowhere' });
    await responses.next();
    await failsWith(responses.next(), status.NOT_FOUND);
    await isRecorded('Follow NOT_FOUND');
  });

  test('a handler that throws any other error: INTERNAL', patience, async (t) => {
    const { client, isRecorded } = await observed(t);
    await failsWith(client.current({ city: 'broken' }), status.INTERNAL);
    await isRecorded('Current INTERNAL');
  });

  for (const [what, city] of [
    ['while the stream is silent', 'silent'],
    ['while the server sends', 'endless'],
  ] as const) {
    test(`a client that leaves ${what}: CANCELLED`, patience, async (t) => {
      const { client, isRecorded } = await observed(t);
      for await (const _ of client.follow({ city })) break;
      await isRecorded('Follow CANCELLED');
    });
  }

  test(
    'a deadline that passes: DEADLINE_EXCEEDED, although the handler then throws something else',
    patience,
    async (t) => {
      const { client, isRecorded } = await observed(t);
      await failsWith(client.current({ city: 'slow' }, { timeout: 200 }), status.DEADLINE_EXCEEDED);
      await isRecorded('Current DEADLINE_EXCEEDED');
    },
  );
});
