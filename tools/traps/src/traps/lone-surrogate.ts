import { dyingServer } from '../dying-server.ts';

export const loneSurrogate = dyingServer(
  { name: 'lone-surrogate', title: 'Half a character in the text of a status ends the server process' },
  // A string of JavaScript has two places for each of these characters. The server cuts between the two of the first one.
  'nineteen letters in🙂🙂',
);
