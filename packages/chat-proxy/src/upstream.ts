import * as grpc from '@grpc/grpc-js';
import { iterableClient, streamingChannelOptions } from 'grpc-iterables';

/** The server behind a proxy, as a client of it sees it. */
export interface Upstream<Calls> {
  /** Where it is, `host:port`. */
  readonly address: string;
  /** A connection for one more call: hand it back when that call is over. */
  take(): Connection<Calls>;
  /** Closes all connections; open calls end first. */
  close(): void;
}

export interface Connection<Calls> {
  readonly calls: Calls;
  /** Whether it is up; if not, a call that failed with UNAVAILABLE did so for want of it. */
  isUp(): boolean;
  release(): void;
}

/**
 * Open calls in a connection before the next one is opened. Servers let further calls wait without a word (nginx has
 * 128, ours 1,000; RFC 9113 says 100 at least), and a proxy, which puts the calls of many clients into one
 * connection, would be the first to meet that.
 */
const OPEN_CALLS = 100;
/**
 * Calls that a connection carries in its life. A Node server closes one in which 1,000 streams were reset at once, its
 * guard against rapid reset, and with it the calls of clients who cancelled nothing.
 */
const CALLS = 900;

const channelOptions: grpc.ChannelOptions = {
  ...streamingChannelOptions,
  // Otherwise all clients of one address share a connection.
  'grpc.use_local_subchannel_pool': 1,
  // An upstream that restarts is found again within a second, not after up to two minutes, as by default.
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 1000,
  // An upstream that vanished without a word is found out. Servers of other languages close connections that ask
  // more often than every five minutes, unless they are told otherwise.
  'grpc.keepalive_time_ms': 300_000,
  'grpc.keepalive_timeout_ms': 20_000,
};

/**
 * Connects to a server, now and whenever its calls need one more connection.
 *
 * @param Calls what `iterableClient` makes of the service
 */
export function connectUpstream<Calls extends object>(
  address: string,
  definition: grpc.ServiceDefinition,
): Upstream<Calls> {
  let current = connect();

  function connect() {
    const client = new grpc.Client(address, grpc.credentials.createInsecure(), channelOptions);
    // Connects before the first call has to wait for it.
    client.getChannel().getConnectivityState(true);
    return { client, calls: iterableClient(client, definition) as Calls, taken: 0, open: 0 };
  }

  return {
    address,
    take() {
      if (current.open === OPEN_CALLS || current.taken === CALLS) current = connect();
      const connection = current;
      connection.taken++;
      connection.open++;
      return {
        calls: connection.calls,
        isUp: () =>
          connection.client.getChannel().getConnectivityState(false) === grpc.connectivityState.READY,
        release() {
          connection.open--;
          if (connection.open === 0 && connection !== current) connection.client.close();
        },
      };
    },
    close: () => current.client.close(),
  };
}
