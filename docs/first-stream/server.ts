import { setTimeout as delay } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { defineService, StatusError, serve } from 'grpc-iterables';
import type { WeatherHandlers } from './gen/weather/Weather.ts';
import { measure } from './stations.ts';
import { Weather } from './weather.ts';

function read(city: string) {
  const celsius = measure(city);
  if (celsius === undefined) throw new StatusError(status.NOT_FOUND, `no station in "${city}"`);
  return { celsius };
}

const weather = defineService<WeatherHandlers>(Weather.service, {
  Current: async ({ city }) => read(city),
  async *Follow({ city }, { signal }) {
    try {
      for (;;) {
        yield read(city);
        await delay(500, undefined, { signal });
      }
    } finally {
      console.log(`stopped measuring in ${city}`);
    }
  },
});
const server = await serve([weather], { port: 50051, handleSignals: true });
console.log(`Serving Weather on ${server.address}`);
