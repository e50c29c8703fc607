// chat-coming-back: Send again what the server has not acknowledged, and nothing else.
//
// This client sends texts to a chat. When the connection breaks, it sends all of them again without numbers. So some texts arrive twice. Change it:
// 1. Number the messages 1, 2, 3 in their order. A message has the same number each time it is sent.
// 2. A response with `acknowledged` means: the server has all messages up to this number. `acknowledged` is a string, and '0' means nothing new.
// 3. After a call that ended with UNAVAILABLE, or that ended before all messages were acknowledged, make another call. In this call, send only the
//    messages that are not acknowledged.
// 4. Any other error is thrown.
//
// You need: import { status } from '@grpc/grpc-js'.
import { type IterableClient, StatusError } from 'grpc-iterables';
import type { ServicesClient } from 'proto/gen/chatserver/Services';

export type Chat = Pick<IterableClient<ServicesClient>, 'chatService'>;

/** Resolves when the server has acknowledged all texts. */
export async function deliver(chat: Chat, name: string, texts: string[]): Promise<void> {
  const requests = texts.map((body) => ({ name, body }));
  for (;;) {
    try {
      for await (const _ of chat.chatService(requests));
      return;
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
    }
  }
}
