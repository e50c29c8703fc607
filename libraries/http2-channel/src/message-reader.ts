/** The bytes of the flag and the length before each message. */
const PREFIX = 5;
// Each Buffer costs about 100 bytes. So many small ones in a row are joined.
const SMALL = 256;
const RUN = 256;

/** A message as it arrived. It may be compressed. */
export interface ReceivedMessage {
  /** 0: not compressed; 1: compressed. gRPC has no other flags. */
  readonly flag: number;
  readonly body: Buffer;
}

/**
 * Cuts the bytes of a stream into messages, one at a time.
 *
 * Until then the bytes stay as they arrived. So unread messages need no more memory than on the wire, and the chunks of a large
 * message are joined once, when it is whole.
 *
 * https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#requests (Length-Prefixed-Message)
 */
export class MessageReader {
  private readonly chunks: Buffer[] = [];
  /** Where in the first chunk the next message starts. */
  private start = 0;
  /** How many of the last chunks are small. */
  private run = 0;
  /** How many bytes are unread. */
  bytes = 0;

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.bytes += chunk.length;
    this.run = chunk.length < SMALL ? this.run + 1 : 0;
    if (this.run >= RUN && this.chunks.length > RUN) {
      this.chunks.push(Buffer.concat(this.chunks.splice(-RUN)));
      this.run = 0;
    }
  }

  /** The length of the next message, once its prefix is there. */
  get length(): number | undefined {
    const first = this.chunks[0];
    if (first && first.length - this.start >= PREFIX) return first.readUInt32BE(this.start + 1);
    if (this.bytes < PREFIX) return undefined;
    this.join(PREFIX);
    return this.length;
  }

  /** Whether all of the next message is there. */
  get whole(): boolean {
    const { length } = this;
    return length !== undefined && this.bytes >= PREFIX + length;
  }

  /** The next message, if all of it is there. */
  next(): ReceivedMessage | undefined {
    if (!this.whole) return undefined;
    const length = this.length as number;
    this.join(PREFIX + length);
    const [first] = this.chunks as [Buffer];
    const end = this.start + PREFIX + length;
    const message = { flag: first.readUInt8(this.start), body: first.subarray(this.start + PREFIX, end) };
    this.start = end;
    this.bytes -= PREFIX + length;
    if (end === first.length) {
      this.chunks.shift();
      this.start = 0;
    }
    return message;
  }

  clear(): void {
    this.chunks.length = 0;
    this.start = 0;
    this.bytes = 0;
  }

  /** Joins chunks until the first one has the next `size` bytes, which have arrived. */
  private join(size: number): void {
    let [first] = this.chunks as [Buffer];
    if (first.length - this.start >= size) return;
    first = first.subarray(this.start);
    let count = 1;
    let length = first.length;
    while (length < size) length += this.chunks[count++]?.length ?? 0;
    this.chunks.splice(0, count, Buffer.concat([first, ...this.chunks.slice(1, count)], length));
    this.start = 0;
  }
}
