import type { EventEmitter } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http2';

const MILLISECONDS: Record<string, number> = { H: 3_600_000, M: 60_000, S: 1000, m: 1 };
const LONGEST_TIMER = 2 ** 31 - 1;

function isTooLong(timeout: string): boolean {
  const [, amount = '', unit = ''] = /^(\d{1,8})([HMSm])$/.exec(timeout) ?? [];
  return Number(amount) * (MILLISECONDS[unit] ?? 0) > LONGEST_TIMER;
}

/**
 * Removes timeouts above 24.8 days.
 *
 * grpc-js keeps them in 32 bits: a timeout of 30 days is over at once, one of 60 days after ten days. It reads the header in
 * the constructor of its call, before any interceptor. So the header is removed before that.
 */
export function ignoreLongTimeouts(http2Server: EventEmitter): void {
  http2Server.prependListener('stream', (_stream: unknown, headers: IncomingHttpHeaders) => {
    if (isTooLong(String(headers['grpc-timeout'] ?? ''))) delete headers['grpc-timeout'];
  });
}
