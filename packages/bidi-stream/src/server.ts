// Bidirectional streaming: answers each number with its square root while more numbers come.
// Type `pnpm bidi-stream:server` here and `pnpm bidi-stream:client 4 9` in another terminal.
import { runServer } from 'cli';
import { sqrtService } from './service.ts';

await runServer({
  name: 'bidi-stream',
  serving: 'Sqrt',
  port: 8083,
  services: () => [sqrtService(console.log)],
});
