import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';

/** All IP addresses of a name. */
export type Resolve = (name: string) => Promise<string[]>;

/** The addresses that every program of this machine sees, including /etc/hosts. */
export const systemResolve: Resolve = async (name) =>
  (await lookup(name, { all: true })).map(({ address }) => address);

const NAME_AND_PORT = /^(?:dns:(?:\/\/\/)?)?([^:/[\]]+)(?::(\d+))?$/i;
const DEFAULT_PORT = '443';

/** The name in an address such as `dns:orders:8082`; undefined for an IP address or a Unix socket. */
export function nameOf(address: string): string | undefined {
  const name = NAME_AND_PORT.exec(address)?.[1];
  return name === undefined || isIP(name) ? undefined : name;
}

/** HTTP/2's `:authority` for a name: the name and the port as the user wrote them. */
export function authorityOf(address: string): string {
  const [, name, port = DEFAULT_PORT] = NAME_AND_PORT.exec(address) ?? [];
  return `${name}:${port}`;
}

/** An address of a server, and the name that it was found under. */
export interface Found {
  readonly address: string;
  readonly name?: { readonly host: string; readonly authority: string };
}

/**
 * The addresses of servers behind `address`: itself, or one for each IP address of its name.
 *
 * @throws what `resolve` throws, TypeError if it returns something else than IP addresses
 */
export async function addressesOf(address: string, resolve: Resolve): Promise<Found[]> {
  const host = nameOf(address);
  if (host === undefined) return [{ address }];
  const authority = authorityOf(address);
  const port = authority.slice(authority.lastIndexOf(':') + 1);
  const found = await resolve(host);
  const wrong = found.find((ip) => isIP(ip) === 0);
  if (wrong !== undefined) throw new TypeError(`"${wrong}", found for ${host}, is not an IP address`);
  return found.map((ip) => ({
    address: isIP(ip) === 6 ? `[${ip}]:${port}` : `${ip}:${port}`,
    name: { host, authority },
  }));
}
