import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { exercises } from 'proto';
import { attempt, event, expected, failsWith, patience, served } from '../harness.ts';

const { weatherService } = await attempt<typeof import('./start.ts')>(import.meta.url);

/** A station in Oslo that measures these temperatures, and then nothing more. */
function station(...temperatures: number[]) {
  const stopped = event();
  async function measure(city: string, signal: AbortSignal): Promise<number | undefined> {
    if (city !== 'Oslo') return undefined;
    const celsius = temperatures.shift();
    if (celsius !== undefined) return celsius;
    if (!signal.aborted) await once(signal, 'abort');
    stopped.happen();
    throw signal.reason;
  }
  return { measure, stopped: stopped.happened };
}

test('Current returns the temperature', patience, async (t) => {
  const client = await served(t, weatherService(station(4).measure), exercises.Weather);
  assert.deepEqual(await client.current({ city: 'Oslo' }), { celsius: 4 });
});

test('Current fails for a city without a station', patience, async (t) => {
  const client = await served(t, weatherService(station().measure), exercises.Weather);
  await failsWith(client.current({ city: 'Bergen' }), status.NOT_FOUND, /Bergen/);
});

test('Follow fails for a city without a station', patience, async (t) => {
  const client = await served(t, weatherService(station().measure), exercises.Weather);
  await failsWith(client.follow({ city: 'Bergen' }).next(), status.NOT_FOUND, /Bergen/);
});

test('Follow sends every measurement, and stops when the client leaves', patience, async (t) => {
  const { measure, stopped } = station(4, 4.5, 5);
  const client = await served(t, weatherService(measure), exercises.Weather);
  const readings: number[] = [];
  for await (const { celsius } of client.follow({ city: 'Oslo' })) {
    readings.push(celsius);
    if (readings.length === 3) break;
  }
  assert.deepEqual(readings, [4, 4.5, 5], 'Follow must send three readings if there are three measurements');
  await expected(stopped, 'Follow must stop measuring when the client has left');
});
