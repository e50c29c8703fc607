import type { IterableClient } from 'grpc-iterables';
import { ChatServices } from 'proto';
import type { ServicesClient } from 'proto/gen/chatserver/Services';
import { connectUpstream, type Upstream } from 'upstream';

export type Chat = Upstream<IterableClient<ServicesClient>>;

/** The chat server for all pages, with as many connections as they need. */
export const connectChat = (address: string): Chat => connectUpstream(ChatServices, address);
