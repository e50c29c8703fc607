export { parseDuration, parsePort, parseWholeNumber } from './duration.ts';
export { printable } from './printable.ts';
export { program } from './program.ts';
export { type ClientProgram, type ClientRun, runClient } from './run-client.ts';
export { runServer, type ServerProgram } from './run-server.ts';
export { UsageError } from './usage-error.ts';
