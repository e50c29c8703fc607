import { inProcess } from './in-process.ts';
import type { Trap } from './trap.ts';
import { breakLeaks } from './traps/break-leaks.ts';
import { cancelledAfterSuccess } from './traps/cancelled-after-success.ts';
import { cancelledLooksComplete } from './traps/cancelled-looks-complete.ts';
import { drainAfterCancel } from './traps/drain-after-cancel.ts';
import { earlyAnswer } from './traps/early-answer.ts';
import { endlessShutdown } from './traps/endless-shutdown.ts';
import { failingSourceTrap } from './traps/failing-source.ts';
import { forAwaitDestroys } from './traps/for-await-destroys.ts';
import { ignoredWrite } from './traps/ignored-write.ts';
import { largeTrailersTrap } from './traps/large-trailers.ts';
import { leakingMessage } from './traps/leaking-message.ts';
import { longDeadline } from './traps/long-deadline.ts';
import { lostBeforeError } from './traps/lost-before-error.ts';
import { retryBuffer } from './traps/retry-buffer.ts';

/** In the order of the chapter. */
export const traps: readonly Trap[] = [
  inProcess(
    'throwing-handler',
    'An async handler that throws ends the server',
    'server processes died of an exception in a handler',
  ),
  cancelledLooksComplete,
  cancelledAfterSuccess,
  breakLeaks,
  drainAfterCancel,
  earlyAnswer,
  failingSourceTrap,
  forAwaitDestroys,
  retryBuffer,
  ignoredWrite,
  leakingMessage,
  inProcess(
    'no-error-listener',
    'A stream without an "error" listener ends the client',
    'client processes died because the server was down',
  ),
  endlessShutdown,
  longDeadline,
  inProcess(
    'lone-surrogate',
    'Half a character in the text of a status ends the server',
    'server processes died of half a character in a status',
  ),
  lostBeforeError,
  largeTrailersTrap,
];
