// Messanger and its proxy in one process, for the demo. `pnpm messanger:server` and `pnpm chat-proxy:server` run them as two
// processes.
import { runServer } from 'cli';
import { serve } from 'grpc-iterables';
import { messangerService } from './messanger.ts';
import { connectMessanger, messangerProxy } from './messanger-proxy.ts';

const messanger = await serve([messangerService()], { handleSignals: true });

await runServer({
  name: 'chat-proxy',
  serving: 'a proxy',
  port: 10_001,
  services: () => [messangerProxy(connectMessanger(messanger.address))],
});
