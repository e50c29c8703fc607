import { defineService, type Service } from 'grpc-iterables';
import { Echo } from 'proto';
import type { EchoHandlers } from 'proto/gen/echo/Echo';
import { replies } from './echo.ts';

async function* textsOf(messages: AsyncIterable<{ text: string }>): AsyncGenerator<string> {
  for await (const { text } of messages) yield text;
}

/** The echo over gRPC. */
export function echoService(): Service {
  return defineService<EchoHandlers>(Echo.service, {
    // #region grpc
    async *Talk(requests) {
      for await (const text of replies(textsOf(requests))) yield { text };
    },
    // #endregion grpc
  });
}
