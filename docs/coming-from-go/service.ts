// The server's side of ../coming-from-go.md: the four kinds of call, the same as in greetering.go.
import { setTimeout as delay } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { defineService, StatusError } from 'grpc-iterables';
import { Greetering } from 'proto';
import type { GreeteringHandlers } from 'proto/gen/proto/Greetering';

/** Greets, and refuses an empty name. */
export const greetering = defineService<GreeteringHandlers>(Greetering.service, {
  // #region unary
  async Hello({ name }) {
    if (name === '') {
      throw new StatusError(status.INVALID_ARGUMENT, 'a name must not be empty');
    }
    return { msg: `Hello, ${name}!` };
  },
  // #endregion unary

  // #region down
  async *StreamHello({ name }, { signal }) {
    for (let left = 3; left > 0; left--) {
      await delay(10, undefined, { signal });
      yield { msg: `${left} to go, ${name}` };
    }
  },
  // #endregion down

  // #region up
  async GreetEach(requests) {
    const names: string[] = [];
    for await (const { name } of requests) names.push(name);
    return { msg: `Hello, ${names.join(' and ')}!` };
  },
  // #endregion up

  // #region both
  async *GreetTogether(requests) {
    for await (const { name } of requests) yield { msg: `Hello, ${name}!` };
  },
  // #endregion both
});
