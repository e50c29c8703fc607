import type { CallOptions, IterableClient } from 'grpc-iterables';
import type { ServicesClient } from 'proto/gen/chatserver/Services';
import { newNames, printable } from './names.ts';
import { newScreen } from './screen.ts';
import { type Happening, newSession } from './session.ts';

/** Says each line that is typed, and shows what others say, until `/quit` or the end of the input. */
export async function talk(
  client: IterableClient<ServicesClient>,
  givenName: string | undefined,
  call: CallOptions,
): Promise<void> {
  const screen = newScreen(process.stdin, process.stdout, () => process.kill(process.pid, 'SIGINT'));
  try {
    const name = givenName ?? (await screen.ask('your name: '));
    const session = newSession(client, { name, call });
    const describe = newDescription();
    const staying = session.stay(async (happening) => {
      const line = describe(happening);
      if (line !== undefined) await screen.show(line);
    });
    const typing = async () => {
      for await (const line of screen.lines) {
        if (line === '/quit') break;
        if (line === '/who') session.askWho();
        else if (line.trim() !== '') await session.say(line);
      }
      session.leave();
      await staying;
    };
    await Promise.race([staying, typing()]);
  } finally {
    screen.close();
  }
}

/** A line for the user about what happens; undefined: it is none of theirs. */
function newDescription(): (happening: Happening) => string | undefined {
  const called = newNames();
  return (happening) => {
    switch (happening.type) {
      case 'joined':
        return `* joined as ${happening.code}`;
      case 'said':
        return `${called(happening)}: ${printable(happening.text)}`;
      case 'dropped':
        return `* ${printable(happening.text)}`;
      case 'present':
        return `* here: ${happening.members.map((member) => called({ ...member, name: member.name || '?' })).join(', ')}`;
      case 'lost':
        return `* lost: ${printable(happening.reason.details)}; again in ${(happening.retryIn / 1000).toFixed(1)} s`;
      case 'acknowledged':
        return undefined;
    }
  };
}
