// Every ending once more, with middleware around each call that passes everything on.
import { everywhere } from '../test/echo-server.ts';

everywhere.push(
  async function* (call, next) {
    yield* next(call);
  },
  (call, next) => next(call),
);
await import('./endings.test.ts');
