import { isIPv6, type Socket } from 'node:net';

/** Whether a request with this origin, on this connection, may open a socket. */
export type OriginCheck = (origin: string | undefined, connection: Connection) => boolean;

/** The server's end of a connection. */
export type Connection = Pick<Socket, 'localAddress' | 'localPort'>;

/** An IPv4 address in its usual form, also on a socket for both versions of IP. */
const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/, '');
const isLoopback = (address: string) => address === '::1' || address.startsWith('127.');
const inUrl = (host: string) => (isIPv6(host) ? `[${host}]` : host);

/**
 * Decides who may connect: pages of this server, pages of allowed origins, and programs that are not browsers.
 *
 * A browser lets any page open a WebSocket to any server, with the user's cookies, from the user's network. But the browser sends
 * the true origin of the page. The server's own pages have the address of this end of the connection, `localhost` if that is a
 * loopback address, or the name that the server binds to. The header Host is not used: with its own domain that points to
 * 127.0.0.1, a foreign page would pass.
 *
 * @param host what the server binds to
 */
export function originCheck(host: string, allowed: string[]): OriginCheck {
  return (origin, { localAddress = '', localPort }) => {
    if (origin === undefined || allowed.includes(origin)) return true;
    const address = plain(localAddress);
    const hosts = [host, address, ...(isLoopback(address) ? ['localhost'] : [])];
    // An origin has no port where it is that of the scheme.
    return hosts
      .flatMap((name) => ['http', 'https'].map((scheme) => `${scheme}://${inUrl(name)}:${localPort}`))
      .some((url) => URL.canParse(url) && new URL(url).origin === origin);
  };
}
