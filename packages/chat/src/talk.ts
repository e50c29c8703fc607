import { printable } from 'cli';
import type { CallOptions, IterableClient } from 'grpc-iterables';
import type { ServicesClient } from 'proto/gen/chatserver/Services';
import { HELP, readCommand } from './commands.ts';
import { newDescription } from './description.ts';
import { newScreen } from './screen.ts';
import { newSession } from './session.ts';

/** Sends each line that the user types, and shows the messages of others, until `/quit` or the end of the input. */
export async function talk(
  client: IterableClient<ServicesClient>,
  givenName: string | undefined,
  call: CallOptions,
): Promise<void> {
  const screen = newScreen(process.stdin, process.stdout, {
    interrupt: () => process.kill(process.pid, 'SIGINT'),
    // 0 is the process group. If only this process stopped, the shell would still wait for `pnpm`.
    suspend: () => process.kill(0, 'SIGTSTP'),
  });
  try {
    const name = givenName ?? (await screen.ask('your name: '));
    const session = newSession(client, { name, arrivals: true, call });
    const describe = newDescription();
    const staying = session.stay(async (happening) => {
      for (const line of describe(happening)) await screen.show(line);
    });

    /** @returns whether to continue */
    async function obey(line: string): Promise<boolean> {
      const command = readCommand(line);
      if (command.type === 'say') await session.say(command.text);
      if (command.type === 'who') session.askWho();
      if (command.type === 'help') for (const text of HELP) await screen.show(`* ${text}`);
      if (command.type === 'unknown') {
        await screen.show(
          `* no command ${printable(command.command)}; /help lists them, and nothing was sent`,
        );
      }
      return command.type !== 'quit';
    }
    const typing = async () => {
      for await (const line of screen.lines) if (!(await obey(line))) break;
      session.leave();
      await staying;
    };
    await Promise.race([staying, typing()]);
  } finally {
    screen.close();
  }
}
