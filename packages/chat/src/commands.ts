/** The meaning of a line that the user typed. */
export type Command =
  | { type: 'say'; text: string }
  | { type: 'who' | 'help' | 'quit' | 'nothing' }
  | { type: 'unknown'; command: string };

export const HELP = [
  '/who lists who is there, /quit leaves, /help shows this',
  'any other line is a message; begin it with // if it should begin with a slash',
];

/** Reads a line. A line that begins with a slash is a command, and is never sent. */
export function readCommand(line: string): Command {
  const text = line.trim();
  if (text === '') return { type: 'nothing' };
  if (line.startsWith('//')) return { type: 'say', text: line.slice(1) };
  if (!line.startsWith('/')) return { type: 'say', text: line };
  if (text === '/who' || text === '/help' || text === '/quit') {
    return { type: text.slice(1) as 'who' | 'help' | 'quit' };
  }
  return { type: 'unknown', command: text.split(' ')[0] ?? text };
}
