import type { ServerContext } from 'grpc-iterables';

/** Identifies a client: the same text for all calls of one client. */
export type ClientOf = (context: ServerContext) => string;

/**
 * The client's address without its port, so that more connections are not more clients. Behind a proxy all clients have
 * the proxy's address. There, use an identity that the client has proved, such as the subject of its token.
 */
export const addressOf: ClientOf = ({ peer }) => peer.slice(0, peer.lastIndexOf(':'));
