// One function reads and refuses, so both methods throw the same error. A loop without an end is correct in a stream: the call ends it.
import { status } from '@grpc/grpc-js';
import { defineService, StatusError } from 'grpc-iterables';
import { exercises } from 'proto';
import type { WeatherHandlers } from 'proto/gen/exercises/Weather';

export type Measure = (city: string, signal: AbortSignal) => Promise<number | undefined>;

export function weatherService(measure: Measure) {
  async function read(city: string, signal: AbortSignal) {
    const celsius = await measure(city, signal);
    if (celsius === undefined) throw new StatusError(status.NOT_FOUND, `no station in "${city}"`);
    return { celsius };
  }
  return defineService<WeatherHandlers>(exercises.Weather.service, {
    Current: ({ city }, { signal }) => read(city, signal),
    async *Follow({ city }, { signal }) {
      for (;;) yield await read(city, signal);
    },
  });
}
