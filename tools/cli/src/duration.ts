import { UsageError } from './usage-error.ts';

const UNITS = { ms: 1, s: 1000, m: 60_000 };
const LONGEST = 2 ** 31 - 1;

/**
 * Reads a duration such as `500ms`, `1s` or `0`; a number alone is in seconds.
 *
 * @returns milliseconds, at most 2 ** 31 - 1, the longest time of a timer
 * @throws UsageError
 */
export function parseDuration(text: string): number {
  const [, amount = '', unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(text) ?? [];
  const milliseconds = Number(amount) * UNITS[unit as keyof typeof UNITS];
  if (amount === '' || milliseconds > LONGEST) {
    throw new UsageError(`"${text}" is not a duration such as 500ms, 1s or 2m`);
  }
  return milliseconds;
}

/** Reads a whole number from 0 to 999,999,999. @throws UsageError */
export function parseWholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`"${text}" is not a whole number below 10 ** 9`);
  return Number(text);
}

/** Reads a TCP port, 0 to 65535. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new UsageError(`"${text}" is not a port from 0 to 65535`);
  }
  return port;
}
