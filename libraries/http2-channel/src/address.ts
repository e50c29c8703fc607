import net, { type IpcNetConnectOpts, type TcpNetConnectOpts } from 'node:net';

/** Where a channel connects to. */
export interface Address {
  /** The address as the user wrote it, for error messages. */
  readonly text: string;
  /** For `net.connect` and `tls.connect`. */
  readonly socket: TcpNetConnectOpts | IpcNetConnectOpts;
  /** HTTP/2's `:authority`. */
  readonly authority: string;
  /** The name that the certificate must have; undefined for an IP address or a Unix socket. */
  readonly serverName: string | undefined;
  /** Whether the bytes stay on this machine. */
  readonly local: boolean;
}

// gRPC's default port (https://github.com/grpc/grpc/blob/master/doc/naming.md).
const DEFAULT_PORT = 443;
const SCHEME = /^(?:dns:(?:\/\/\/)?|(ipv[46]):)/i;
const HOST_AND_PORT = /^(?:\[([^[\]\s]+)\]|([^:/?#@,[\]\s]+))(?::(\d{1,5}))?$/;

const SEVERAL = /^(ipv[46]:)(.+,.+)$/i;

/**
 * Reads `host:port`, `[::1]:port`, `dns:host:port`, `unix:path`, and `ipv4:` or `ipv6:` with one address or several,
 * separated by commas.
 *
 * @returns the addresses in the order in which they are to be tried
 * @throws TypeError for anything else; it names the address
 */
export function parseAddresses(target: string): [Address, ...Address[]] {
  const [, scheme = '', list = ''] = SEVERAL.exec(target) ?? [];
  if (list === '') return [parseAddress(target)];
  const [first = '', ...others] = list.split(',').map((one) => scheme + one);
  return [parseAddress(first), ...others.map(parseAddress)];
}

function parseAddress(text: string): Address {
  if (text.startsWith('unix:')) return unixAddress(text);
  const version = SCHEME.exec(text)?.[1]?.toLowerCase();
  const rest = text.replace(SCHEME, '');
  const [, bracketed, name, digits = DEFAULT_PORT] = HOST_AND_PORT.exec(rest) ?? [];
  const host = net.isIPv6(rest) ? rest : (bracketed ?? name ?? '');
  const ip = `ipv${net.isIP(host)}`;
  const port = Number(digits);
  const wrong = host === '' || (bracketed && ip !== 'ipv6') || (version && ip !== version);
  if (wrong || port === 0 || port > 65535) {
    throw new TypeError(
      `"${text}" is not an address such as host:port, [::1]:port, dns:host:port or unix:/path`,
    );
  }
  return {
    text,
    socket: { host, port },
    // A zone such as %eth0 has a meaning only on this machine.
    authority: `${ip === 'ipv6' ? `[${host.replace(/%.*/, '')}]` : host}:${port}`,
    serverName: ip === 'ipv0' ? host : undefined,
    local: /^(?:127\.[\d.]+|::1|localhost)$/i.test(host),
  };
}

function unixAddress(text: string): Address {
  const path = text.replace(/^unix:(?:\/\/(?=\/))?/, '');
  if (path === '') throw new TypeError(`"${text}" has no path; the address of a Unix socket is unix:/path`);
  return { text, socket: { path }, authority: 'localhost', serverName: undefined, local: true };
}
