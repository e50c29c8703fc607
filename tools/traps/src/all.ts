import type { Trap } from './trap.ts';
import { breakLeaks } from './traps/break-leaks.ts';
import { cancelledAfterSuccess } from './traps/cancelled-after-success.ts';
import { cancelledLooksComplete } from './traps/cancelled-looks-complete.ts';
import { drainAfterCancel } from './traps/drain-after-cancel.ts';
import { earlyAnswer } from './traps/early-answer.ts';
import { endlessShutdown } from './traps/endless-shutdown.ts';
import { failingSource } from './traps/failing-source.ts';
import { forAwaitDestroys } from './traps/for-await-destroys.ts';
import { ignoredWrite } from './traps/ignored-write.ts';
import { largeTrailers } from './traps/large-trailers.ts';
import { leakingMessage } from './traps/leaking-message.ts';
import { loneSurrogate } from './traps/lone-surrogate.ts';
import { longDeadline } from './traps/long-deadline.ts';
import { lostBeforeError } from './traps/lost-before-error.ts';
import { noErrorListener } from './traps/no-error-listener.ts';
import { retryBuffer } from './traps/retry-buffer.ts';
import { throwingHandler } from './traps/throwing-handler.ts';

/** The numbers of the traps: first those of the chapter, then those of REFERENCE.md. */
export const traps: readonly Trap[] = [
  throwingHandler,
  cancelledLooksComplete,
  breakLeaks,
  ignoredWrite,
  noErrorListener,
  endlessShutdown,
  // In REFERENCE.md.
  leakingMessage,
  failingSource,
  lostBeforeError,
  largeTrailers,
  loneSurrogate,
  drainAfterCancel,
  earlyAnswer,
  forAwaitDestroys,
  retryBuffer,
  cancelledAfterSuccess,
  longDeadline,
];
