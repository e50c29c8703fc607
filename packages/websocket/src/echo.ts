/** What the echo does, whatever carries the texts: one reply for each. */
export async function* replies(texts: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const text of texts) yield `server reply: ${text}`;
}
