// Messanger itself: chats and channels. Type `pnpm messanger:server` here, `pnpm messanger:client` in another terminal,
// or put the proxy between them: `pnpm chat-proxy:server` in a second, `pnpm chat-proxy:client` in a third.
import { runServer } from 'cli';
import { messangerService } from './messanger.ts';

await runServer({
  name: 'messanger',
  serving: 'Messanger',
  port: 10_000,
  services: () => [messangerService()],
});
