import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** 128 random bits, as they are in the URL of the page. */
export const createToken = () => randomBytes(16).toString('hex');

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Whether two secrets are the same, in a time that does not depend on where they differ. */
function same(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

/**
 * The path behind the token that a request asks for; undefined if the request must be refused.
 *
 * The page shows what passes on the wire, so no one else may read it. A browser lets every site send requests to
 * 127.0.0.1, and a site can give its own name the address 127.0.0.1. Therefore the header Host must be ours, a foreign
 * Origin is refused, and the path must begin with the token, which only the terminal shows.
 */
export function allowedPath(request: IncomingMessage, token: string): string | undefined {
  const { headers, method, socket, url = '' } = request;
  const hosts = ['127.0.0.1', 'localhost'].map((name) => `${name}:${socket.localPort}`);
  if (!hosts.includes(headers.host ?? '')) return undefined;
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${headers.host}`) return undefined;
  // Browsers always name the origin of a POST. A POST without one is not from our page.
  if (method === 'POST' && origin === undefined) return undefined;
  const [, given = '', path] = /^\/([0-9a-f]*)(\/[^?]*)/.exec(url) ?? [];
  return same(given, token) ? path : undefined;
}
