import { isIPv6, type Socket } from 'node:net';

/** Whether a request with this origin, on this connection, may open a socket. */
export type OriginCheck = (origin: string | undefined, connection: Connection) => boolean;

/** The server's end of a connection. */
export type Connection = Pick<Socket, 'localAddress' | 'localPort'>;

/** An IPv4 address as it is written, also on a socket of both versions. */
const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/, '');
const isLoopback = (address: string) => address === '::1' || address.startsWith('127.');
const inUrl = (host: string) => (isIPv6(host) ? `[${host}]` : host);

/**
 * Who may connect: pages of this server itself, pages of the origins that were allowed, and programs that are not browsers.
 *
 * A browser lets any page open a WebSocket to any server, with the user's cookies, from the user's network. But it says
 * truthfully which page it was. The server's own pages come from the address that the connection has come to, from
 * `localhost` if that is a loopback address, or from the name that the server was told to bind to. The header Host does
 * not count: with a domain of its own that points to 127.0.0.1 a foreign page would pass.
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
