// What the program and the two sides of a demo say to each other over IPC.
import type { Choice, Speed } from './choices.ts';

export type SideOrder =
  | { readonly serve: Choice }
  | { readonly call: Choice; readonly address: string }
  | { readonly speed: Speed }
  | { readonly shutDown: true }
  /** The call is over: close what is open, and be ready for the next one. */
  | { readonly next: true };

export type SideReport =
  | { readonly listening: string }
  /** What its code saw. `at` is the wall clock, in milliseconds. */
  | { readonly saw: string; readonly at: number }
  /** Bytes of messages, as they are in DATA frames, that its code has handed over and has got in this call. */
  | { readonly handed: number; readonly got: number }
  /** The client's call is over. */
  | { readonly done: true }
  /** The answer to `next`. */
  | { readonly ready: true };

/** The wall clock with fractions of a millisecond, the same in all processes. */
export const wallClock = () => performance.timeOrigin + performance.now();
