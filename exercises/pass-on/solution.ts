// A `StatusError` that a handler throws goes to the client as it is. `signal` and `deadline` of the handler are options of the next call.
import { defineService, type IterableClient } from 'grpc-iterables';
import { exercises } from 'proto';
import type { WeatherClient, WeatherHandlers } from 'proto/gen/exercises/Weather';

export function weatherProxy(server: IterableClient<WeatherClient>) {
  return defineService<WeatherHandlers>(exercises.Weather.service, {
    Current: (place, { signal, deadline }) => server.current(place, { signal, deadline }),
    Follow: (place, { signal, deadline }) => server.follow(place, { signal, deadline }),
  });
}
