/** A line, or what is wrong with what came in its place. */
export type Line = { text: string } | { fault: string };

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const NOTHING = Buffer.alloc(0);

// With `fatal` it throws instead of putting U+FFFD in place of what is no UTF-8.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function lineOf(bytes: Buffer, limit: number): Line {
  const line = bytes.at(-1) === RETURN ? bytes.subarray(0, -1) : bytes;
  if (line.length > limit) return { fault: `a line has at most ${limit} bytes` };
  try {
    return { text: utf8.decode(line) };
  } catch {
    return { fault: 'a line is UTF-8' };
  }
}

/**
 * The lines of a stream of bytes, wherever its packets begin and end. A line ends with `\n` or `\r\n`.
 *
 * One over the limit is skipped to its end and never held whole. So is a last one without an end: its sender
 * may have been cut off in the middle.
 *
 * @param limit of a line, in bytes
 */
export async function* readLines(
  chunks: AsyncIterable<Buffer>,
  limit: number,
): AsyncGenerator<Line, void, undefined> {
  // #region lines
  // The beginning of a line that has not ended. Room for `\r`, and for one byte more, which tells that it is too long.
  let begun = NOTHING;
  const room = limit + 2;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      // Decoded only when it is whole: no byte of a longer character equals `\n`, so none is ever cut.
      yield lineOf(Buffer.concat([begun, chunk.subarray(start, end)]), limit);
      begun = NOTHING;
      start = end + 1;
    }
    begun = Buffer.concat([begun, chunk.subarray(start, start + room - begun.length)]);
  }
  if (begun.length > 0) yield { fault: 'the last line has no end' };
  // #endregion lines
}
