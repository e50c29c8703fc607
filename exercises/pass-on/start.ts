// chat-proxy: Pass on a call with everything that belongs to it.
//
// This proxy passes on the messages of a weather service, and nothing else. Change it:
// 1. The client gets the status and the text of the server's error. Now it gets INTERNAL.
// 2. If the client leaves, the call to the server is cancelled at once.
// 3. The server gets the deadline of the client.
import { defineService, type IterableClient } from 'grpc-iterables';
import { exercises } from 'proto';
import type { WeatherClient, WeatherHandlers } from 'proto/gen/exercises/Weather';

export function weatherProxy(server: IterableClient<WeatherClient>) {
  return defineService<WeatherHandlers>(
    exercises.Weather.service,
    {
      async Current(place) {
        try {
          return await server.current(place);
        } catch (error) {
          throw new Error('the server failed', { cause: error });
        }
      },
      async *Follow(place) {
        try {
          for await (const reading of server.follow(place)) yield reading;
        } catch (error) {
          throw new Error('the server failed', { cause: error });
        }
      },
    },
    { onError: () => {} },
  );
}
