// A client of the proxy, or with `--direct` of Messanger itself, which has the same calls. Start `pnpm messanger:server` and
// `pnpm chat-proxy:server` first. Two terminals with `pnpm chat-proxy:client chat 8 YOUR-NAME` can talk.
import { runClient, UsageError } from 'cli';
import { Messanger, MessangerProxy } from 'proto';
import { acts } from './acts.ts';

const usage = Object.entries(acts).map(([name, act]) => `  ${name} ${act.usage}`);
// Read before the other options, because the service, the default port and the name depend on it.
const direct = process.argv.includes('--direct');

await runClient(
  {
    name: direct ? 'messanger' : 'chat-proxy',
    description: `Talks in Messanger's channels and chats:\n${usage.join('\n')}`,
    port: direct ? 10_000 : 10_001,
    client: direct ? Messanger : MessangerProxy,
    setup: (command) =>
      command
        .argument('[act]', 'what to do', 'tour')
        .argument('[arguments...]', 'the arguments of the act')
        .option('--direct', 'speak /messanger.Messanger, not /proxy.MessangerProxy'),
  },
  async (client, { args: [name, args], call }) => {
    const act = acts[name];
    if (!act) throw new UsageError(`no act "${name}"; there are: ${Object.keys(acts).join(', ')}`);
    await act.run(client, args, call, console.log);
  },
);
