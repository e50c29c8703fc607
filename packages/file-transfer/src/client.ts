// Files: uploads, downloads, lists and deletes them, with progress; what was interrupted continues with the same command.
// Start `pnpm file-transfer:server` in another terminal first.
import { parseDuration, runClient, UsageError } from 'cli';
import { FileTransfer } from 'proto';
import { getFile, listFiles, putFiles, removeFiles, type Session } from './commands.ts';
import { DEFAULT_PATIENCE, openLine } from './persist.ts';
import { tour } from './tour.ts';

// How much may be under way in a download: a line of 20 ms then takes 200 MB a second.
const WINDOW_BYTES = 4 * 1024 * 1024;

await runClient(
  {
    name: 'file-transfer',
    description: 'Uploads and downloads files: put FILE…, get NAME, ls, rm NAME…',
    port: 8086,
    client: FileTransfer,
    connection: { window: WINDOW_BYTES },
    setup: (command) =>
      command
        .argument('<command>', 'put, get, ls, rm, or tour, which shows all of them')
        .argument('[names...]', 'files to put, the name to get, names to delete; put - reads standard input')
        .option('--name <name>', 'the name of the file on the server')
        .option('--output <path>', 'where get writes the file; - is standard output; default: its name')
        .option(
          '--stall <duration>',
          'try again if nothing moves for this long',
          parseDuration,
          DEFAULT_PATIENCE.stall,
        )
        .option(
          '--retry-for <duration>',
          'fail if no attempt moves anything for this long',
          parseDuration,
          DEFAULT_PATIENCE.giveUpAfter,
        ),
  },
  async (_, { args: [action, names], options, call, connect }) => {
    const { name, output, stall, retryFor } = options;
    const [first, ...others] = names;
    const line = openLine(connect);
    const session: Session = { line, call, patience: { stall, giveUpAfter: retryFor } };
    try {
      if (action === 'put') await putFiles(session, names, name);
      else if (action === 'get' && first && others.length === 0) await getFile(session, first, output);
      else if (action === 'get') throw new UsageError('get needs exactly one name');
      else if (action === 'ls' && names.length === 0) await listFiles(session);
      else if (action === 'ls') throw new UsageError('ls lists all files, and takes no names');
      else if (action === 'rm') await removeFiles(session, names);
      else if (action === 'tour') await tour(line, call, console.log);
      else throw new UsageError(`no command "${action}"; there are: put, get, ls, rm, tour`);
    } finally {
      // Nothing waits for it: every call has ended.
      void line.close();
    }
  },
);
