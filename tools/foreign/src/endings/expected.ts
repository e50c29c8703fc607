import type { ServerName } from './servers.ts';

/**
 * How a handler's loop over the requests ended, and whether the library then says that the call was cancelled.
 * `left`: the handler left the loop.
 */
export type Saw = 'ended active' | 'ended cancelled' | 'threw cancelled' | 'left active';

export type Ending =
  | 'complete'
  | 'client cancels'
  | 'request iterable throws'
  | 'deadline'
  | 'server throws'
  | 'server answers early'
  | 'client killed'
  | 'connection cut'
  | 'server shuts down';

// #region expected
const threw: Saw[] = ['threw cancelled'];
// Node's http2 may end the requests of a lost connection as if they were complete. `call.cancelled` is true by then.
const flagged: Saw[] = ['threw cancelled', 'ended cancelled'];
// In grpcio the end of the messages may come before the cancel.
const either: Saw[] = ['threw cancelled', 'ended cancelled', 'ended active'];

/** How the calls of our client may look to the handlers of each server. */
export const expected: Record<Exclude<ServerName, 'serve'>, Record<Ending, Saw[]>> = {
  'grpc-js': {
    complete: ['ended active'],
    'client cancels': threw,
    'request iterable throws': threw,
    deadline: threw,
    'server throws': ['left active'],
    'server answers early': ['left active'],
    'client killed': flagged,
    'connection cut': flagged,
    'server shuts down': flagged,
  },
  grpcio: {
    complete: ['ended active'],
    'client cancels': either,
    'request iterable throws': either,
    deadline: either,
    'server throws': ['left active'],
    'server answers early': ['left active'],
    'client killed': either,
    'connection cut': either,
    'server shuts down': either,
  },
  'grpc-go': {
    complete: ['ended active'],
    'client cancels': threw,
    'request iterable throws': threw,
    deadline: threw,
    'server throws': ['left active'],
    'server answers early': ['left active'],
    'client killed': threw,
    'connection cut': threw,
    'server shuts down': threw,
  },
};
// #endregion expected
