import { defineService, type OnError, type Service } from 'grpc-iterables';
import { Greetering } from 'proto';
import type { GreeteringHandlers } from 'proto/gen/proto/Greetering';
import { countdown, greet } from './greeting.ts';
import { badName, greetingQuota, reservedName, tooMuchToSay } from './refusals.ts';

/**
 * The service that `server.ts` serves. It greets, and it refuses some names, each in another way.
 *
 * @param onError gets what clients do not get: exceptions, and details that are too large to send
 */
export function greetingService(onError?: OnError): Service {
  const quotaFailure = greetingQuota();
  const refusal = (name: string) => badName(name) ?? reservedName(name);

  function check(name: string): void {
    const error = refusal(name);
    if (error) throw error;
  }

  return defineService<GreeteringHandlers>(
    Greetering.service,
    {
      async Hello({ name }) {
        const error = refusal(name) ?? quotaFailure(name);
        if (error) throw error;
        if (name === 'Scheherazade') throw tooMuchToSay();
        return { msg: greet([name]) };
      },
      async *StreamHello({ name }) {
        check(name);
        for (const msg of countdown(10)) {
          if (name === 'Murphy' && msg.includes(' 7 '))
            throw new TypeError('cannot read /etc/secret of undefined');
          yield { msg };
        }
      },
      async GreetEach(requests) {
        const names: string[] = [];
        for await (const { name } of requests) {
          check(name);
          names.push(name);
        }
        return { msg: greet(names) };
      },
      // #region bidi
      async *GreetTogether(requests) {
        for await (const { name } of requests) {
          check(name);
          yield { msg: greet([name]) };
        }
      },
      // #endregion bidi
    },
    onError ? { onError } : {},
  );
}
