/** A line, or the fault of the bytes in its place. */
export type Line = { text: string } | { fault: string };

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const NOTHING = Buffer.alloc(0);

// With `fatal` it throws for bytes that are not UTF-8. Otherwise it would replace them with U+FFFD.
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
 * A line over the limit is skipped, and only its beginning is kept in memory. A last line without an end is a fault: the
 * connection of its sender may have broken in the middle of the line.
 *
 * @param limit the longest line, in bytes
 */
export async function* readLines(
  chunks: AsyncIterable<Buffer>,
  limit: number,
): AsyncGenerator<Line, void, undefined> {
  // #region lines
  // The beginning of a line that has not ended yet. Two more bytes than `limit`: one for `\r`, and one that shows that the line is too long.
  let begun = NOTHING;
  const room = limit + 2;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      // A line becomes text only when it is whole, so no character is cut. In UTF-8, no other character contains the byte of `\n`.
      yield lineOf(Buffer.concat([begun, chunk.subarray(start, end)]), limit);
      begun = NOTHING;
      start = end + 1;
    }
    begun = Buffer.concat([begun, chunk.subarray(start, start + room - begun.length)]);
  }
  if (begun.length > 0) yield { fault: 'the last line has no end' };
  // #endregion lines
}
