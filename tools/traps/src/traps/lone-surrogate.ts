import { dyingServer } from '../dying-server.ts';

export const loneSurrogate = dyingServer(
  { name: 'lone-surrogate', title: 'Half a character in the text of a status ends the server' },
  // Each takes two places in a string, and the nineteenth letter is the last before them.
  'nineteen letters in🙂🙂',
);
