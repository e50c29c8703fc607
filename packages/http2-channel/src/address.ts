import type { IpcNetConnectOpts, TcpNetConnectOpts } from 'node:net';

/** Where a channel connects to. */
export interface Address {
  /** The address as the user wrote it, for messages. */
  readonly text: string;
  /** For `net.connect` and `tls.connect`. */
  readonly socket: TcpNetConnectOpts | IpcNetConnectOpts;
  /** HTTP/2's `:authority`. */
  readonly authority: string;
  /** The name that a certificate has to have; undefined for an IP address or a Unix socket. */
  readonly serverName: string | undefined;
  /** Whether the bytes stay on this machine. */
  readonly local: boolean;
}

// gRPC's own (https://github.com/grpc/grpc/blob/master/doc/naming.md).
const DEFAULT_PORT = 443;
const TARGET = /^(?:dns:(?:\/\/\/)?|ipv4:|ipv6:)?(?:\[([0-9a-f:.]+)\]|([^:/[\]\s]+))(?::(\d{1,5}))?$/i;
const BARE_IPV6 = /^(?:ipv6:)?([0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*)$/i;

/**
 * Reads `host:port`, `[::1]:port`, `dns:host:port`, `ipv4:`, `ipv6:` and `unix:path`.
 *
 * @throws TypeError for anything else; it names the address
 */
export function parseAddress(text: string): Address {
  if (text.startsWith('unix:')) return unixAddress(text);
  const bare = BARE_IPV6.exec(text)?.[1];
  const [, ipv6 = bare, name, digits] = TARGET.exec(bare === undefined ? text : '') ?? [];
  const host = ipv6 ?? name;
  const port = Number(digits ?? DEFAULT_PORT);
  if (host === undefined || port > 65535) {
    throw new TypeError(
      `"${text}" is not an address such as host:port, [::1]:port, dns:host:port or unix:/path`,
    );
  }
  return {
    text,
    socket: { host, port },
    authority: `${ipv6 === undefined ? host : `[${host}]`}:${port}`,
    serverName: ipv6 !== undefined || /^[\d.]+$/.test(host) ? undefined : host,
    local: /^(?:127\.[\d.]+|::1|localhost)$/.test(host),
  };
}

function unixAddress(text: string): Address {
  const path = text.replace(/^unix:(?:\/\/(?=\/))?/, '');
  if (path === '') throw new TypeError(`"${text}" has no path; a Unix socket is unix:/path`);
  return { text, socket: { path }, authority: 'localhost', serverName: undefined, local: true };
}
