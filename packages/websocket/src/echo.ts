/** The echo, for any transport: one reply for each text. */
export async function* replies(texts: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const text of texts) yield `server reply: ${text}`;
}
