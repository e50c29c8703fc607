import type { ServerName } from './servers.ts';

/**
 * How a handler's loop over the requests ends, and whether the library says right then that the call was cancelled.
 * `left`: the handler itself left its loop.
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
const told: Saw[] = ['threw cancelled'];
// Node's http2 may end the requests of a lost connection as if they were complete. The flag is set by then.
const flagged: Saw[] = ['threw cancelled', 'ended cancelled'];
// grpcio may hear of the end of the messages before it hears of the cancel.
const either: Saw[] = ['threw cancelled', 'ended cancelled', 'ended active'];

/** What the handlers of each server may see of calls that our client makes. */
export const expected: Record<Exclude<ServerName, 'serve'>, Record<Ending, Saw[]>> = {
  'grpc-js': {
    complete: ['ended active'],
    'client cancels': told,
    'request iterable throws': told,
    deadline: told,
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
    'client cancels': told,
    'request iterable throws': told,
    deadline: told,
    'server throws': ['left active'],
    'server answers early': ['left active'],
    'client killed': told,
    'connection cut': told,
    'server shuts down': told,
  },
};
// #endregion expected
