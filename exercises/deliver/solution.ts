// A number makes a message recognizable. So the client may send it again, and the server can drop it if it has it.
import { status } from '@grpc/grpc-js';
import { type IterableClient, StatusError } from 'grpc-iterables';
import type { ServicesClient } from 'proto/gen/chatserver/Services';

export type Chat = Pick<IterableClient<ServicesClient>, 'chatService'>;

/** Resolves when the server has acknowledged all texts. */
export async function deliver(chat: Chat, name: string, texts: string[]): Promise<void> {
  const requests = texts.map((body, index) => ({ name, body, number: index + 1 }));
  let taken = 0;
  while (taken < texts.length) {
    try {
      for await (const { acknowledged } of chat.chatService(requests.slice(taken)))
        taken = Math.max(taken, Number(acknowledged));
    } catch (error) {
      if (!(error instanceof StatusError) || error.code !== status.UNAVAILABLE) throw error;
    }
  }
}
