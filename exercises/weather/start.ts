// first-stream: Complete a weather service: add its errors and its stream.
//
// `measure` waits for the next measurement in a city. It resolves with the temperature, or with undefined if the city has no station.
// `Current` works for a city with a station. `Follow` ends after one measurement. Change both:
// 1. If the city has no station, both methods fail with the status NOT_FOUND, and the text names the city.
// 2. `Follow` sends every measurement, until the client leaves.
//
// You need: import { status } from '@grpc/grpc-js', and StatusError from 'grpc-iterables'.
import { defineService } from 'grpc-iterables';
import { exercises } from 'proto';
import type { WeatherHandlers } from 'proto/gen/exercises/Weather';

export type Measure = (city: string, signal: AbortSignal) => Promise<number | undefined>;

export function weatherService(measure: Measure) {
  return defineService<WeatherHandlers>(exercises.Weather.service, {
    async Current({ city }, { signal }) {
      const celsius = await measure(city, signal);
      return { celsius: celsius ?? 0 };
    },
    async *Follow({ city }, { signal }) {
      const celsius = await measure(city, signal);
      yield { celsius: celsius ?? 0 };
    },
  });
}
