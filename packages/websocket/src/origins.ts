/** Whether a request from this origin may open a socket. */
export type OriginCheck = (origin: string | undefined) => boolean;

/**
 * Who may connect: pages of this server itself, pages of the origins that were allowed, and whatever is no page.
 *
 * A browser lets any page open a WebSocket to any server, with the user's cookies, from the user's network. What it does is
 * to say truthfully which page it was. That the origin equals the request's Host is not asked: with a domain of its own that
 * points to 127.0.0.1 a foreign page would pass.
 *
 * @param own host:port of this server, as in the address bar
 */
export function originCheck(own: string[], allowed: string[]): OriginCheck {
  const origins = new Set([...own.flatMap((host) => [`http://${host}`, `https://${host}`]), ...allowed]);
  return (origin) => origin === undefined || origins.has(origin);
}
