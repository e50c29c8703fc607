import { type Client, connectivityState } from '@grpc/grpc-js';
import {
  type ClientClass,
  type ConnectedClient,
  type ConnectOptions,
  connect,
  type IterableClient,
} from 'grpc-iterables';

/** A server for a program that calls it for many clients. */
export interface Upstream<Calls> {
  /** Its address, `host:port`. */
  readonly address: string;
  /** Returns a connection for one call. Release it when the call is over. */
  take(): Connection<Calls>;
  /** Closes all connections; open calls end first. */
  close(): void;
}

/** A connection for one call. */
export interface Connection<Calls> {
  readonly calls: Calls;
  /** False if a call fails with UNAVAILABLE because the connection is not up. */
  isUp(): boolean;
  release(): void;
}

export interface UpstreamOptions {
  /** How long a connection without calls stays open, in milliseconds. Default: 60,000. */
  readonly idleTimeout?: number;
}

/**
 * The most open calls in one connection. Further calls would wait, and the client would not know it. RFC 9113
 * recommends that servers allow at least 100. nginx allows 128, our servers 1,000.
 */
const MOST_OPEN = 100;
/**
 * The most calls in the life of one connection. A Node server closes a connection in which 1,000 streams were reset
 * at once, to protect itself from the rapid reset attack. That would end the calls of clients that cancelled nothing.
 */
const MOST_CALLS = 900;

const options: ConnectOptions = {
  // After a restart of the upstream, the program connects again within a second. By default it could take two minutes.
  backoff: { first: 100, longest: 1000 },
};

/** One connection, and how much it is used. */
interface Pooled<Service extends Client> {
  readonly calls: ConnectedClient<Service>;
  taken: number;
  open: number;
  idle: NodeJS.Timeout | undefined;
}

const isWorn = ({ taken }: { taken: number }) => taken === MOST_CALLS;

/**
 * Calls a server over several connections, so that no client delays or ends the calls of another client.
 */
export function connectUpstream<Service extends Client>(
  clientClass: ClientClass<Service>,
  address: string,
  { idleTimeout = 60_000 }: UpstreamOptions = {},
): Upstream<IterableClient<Service>> {
  const connections = new Set<Pooled<Service>>();

  function newConnection(): Pooled<Service> {
    const calls = connect(clientClass, address, options);
    const connection = { calls, taken: 0, open: 0, idle: undefined };
    connections.add(connection);
    return connection;
  }

  // #region pool
  /** The oldest connection with room, so that the others can become idle and close. */
  function withRoom(): Pooled<Service> {
    for (const connection of connections)
      if (connection.open < MOST_OPEN && !isWorn(connection)) return connection;
    return newConnection();
  }

  function take(): Connection<IterableClient<Service>> {
    const connection = withRoom();
    clearTimeout(connection.idle);
    connection.taken++;
    connection.open++;
    return {
      calls: connection.calls,
      isUp: () =>
        connections.has(connection) &&
        connection.calls.channel.getConnectivityState(false) === connectivityState.READY,
      release() {
        connection.open--;
        if (connection.open > 0 || !connections.has(connection)) return;
        if (isWorn(connection)) disconnect(connection);
        else connection.idle = setTimeout(disconnect, idleTimeout, connection).unref();
      },
    };
  }
  // #endregion pool

  function disconnect(connection: Pooled<Service>): void {
    clearTimeout(connection.idle);
    connections.delete(connection);
    void connection.calls.close();
  }

  return {
    address,
    take,
    close() {
      for (const connection of connections) disconnect(connection);
    },
  };
}
