// One connection: the frames of both directions, their windows, and how its streams end.
import type { Ended, Side, Windows, WireEvent } from './events.ts';
import { type BrokenRule, type FrameHead, FrameReader } from './frames.ts';
import { type HeaderBlock, HeaderBlocks } from './header-block.ts';
import { type Budget, MessageReader } from './message-reader.ts';
import { messageText } from './message-text.ts';
import type { FindMethod } from './message-types.ts';
import { blockIn, checkHead, detailsIn } from './payloads.ts';
import { Preface } from './preface.ts';
import { endOf, newStream, readFields, type Stream } from './stream.ts';

const FIRST_WINDOW = 65_535;
/** Streams that are followed at once. Of others only the frames are shown. */
const MOST_STREAMS = 20_000;
const FOREIGN_BYTES = 32;

type WithoutTime<Event> = Event extends WireEvent ? Omit<Event, 'at' | 'connection'> : never;
/** What happens on a connection, before it has its time. */
export type Happened = WithoutTime<WireEvent>;

/** What one side sends. */
interface Direction {
  readonly preface: Preface;
  readonly frames: FrameReader;
  readonly blocks: HeaderBlocks;
  /** How much it may still send on the whole connection, in bytes. */
  window: number;
  /** With how much its streams begin. */
  firstWindow: number;
  /** Its bytes broke a rule: the rest is not decoded. */
  foreign: boolean;
}

export function otherSide(side: Side): Side {
  return side === 'client' ? 'server' : 'client';
}

/** Decodes what passes on one connection. It never throws, and its memory is bounded. */
export class Connection {
  readonly #emit: (event: Happened) => void;
  readonly #findMethod: FindMethod;
  readonly #budget: Budget;
  readonly #streams = new Map<number, Stream>();
  readonly #client = this.#direction('client');
  readonly #server = this.#direction('server');
  #frames = 0;
  #lastClientStream = 0;
  /** The DATA frame that each side is sending. */
  readonly #data: Partial<Record<Side, { head: FrameHead; id: number }>> = {};

  /** @param budget shared by all connections of a tap */
  constructor(findMethod: FindMethod, budget: Budget, emit: (event: Happened) => void) {
    this.#findMethod = findMethod;
    this.#budget = budget;
    this.#emit = emit;
  }

  /** The next bytes of a side. */
  push(side: Side, chunk: Buffer): void {
    const direction = this.#of(side);
    if (direction.foreign) return;
    try {
      const behind = direction.preface.push(chunk);
      if (behind) direction.frames.push(behind);
    } catch (error) {
      // Whatever is wrong with the bytes, or with the decoder: the relay goes on.
      direction.foreign = true;
      const { message, bytes = chunk } = error as BrokenRule;
      this.#foreign(side, message, bytes);
    }
  }

  /** The connection is over, and so are its streams. */
  close(): void {
    for (const stream of this.#streams.values()) this.#end(stream, { lost: true });
  }

  #direction(side: Side): Direction {
    const frames = new FrameReader({
      data: (head) => this.#onData(side, head),
      payload: (chunk, start, end) => this.#onPayload(side, chunk, start, end),
      dataEnd: () => this.#onDataEnd(side),
      frame: (head, payload) => this.#onFrame(side, head, payload),
    });
    return {
      preface: new Preface(side),
      frames,
      blocks: new HeaderBlocks(),
      window: FIRST_WINDOW,
      firstWindow: FIRST_WINDOW,
      foreign: false,
    };
  }

  #of(side: Side): Direction {
    return side === 'client' ? this.#client : this.#server;
  }

  #foreign(side: Side, reason: string, bytes: Buffer, stream?: number): void {
    const hex = bytes.toString('hex', 0, FOREIGN_BYTES);
    this.#emit({ type: 'foreign', side, ...(stream === undefined ? {} : { stream }), reason, bytes: hex });
  }

  #frame(side: Side, { type: frame, flags, length, stream }: FrameHead, details: object): number {
    const id = ++this.#frames;
    this.#emit({ type: 'frame', id, side, stream, frame, flags, length, ...details });
    return id;
  }

  /** How much a side may send. */
  #windows(side: Side, stream: Stream | undefined): Windows {
    const connection = this.#of(side).window;
    return stream ? { stream: stream[side].window, connection } : { connection };
  }

  #onData(side: Side, head: FrameHead): void {
    this.#check(side, head);
    const stream = this.#streams.get(head.stream);
    this.#of(side).window -= head.length;
    if (stream) stream[side].window -= head.length;
    const id = this.#frame(side, head, { windows: this.#windows(side, stream) });
    this.#data[side] = { head, id };
  }

  #onPayload(side: Side, chunk: Buffer, start: number, end: number): void {
    const { head, id } = this.#data[side] ?? {};
    const half = this.#streams.get(head?.stream ?? 0)?.[side];
    if (!half?.reader || id === undefined) return;
    try {
      half.reader.push(chunk, start, end, id);
    } catch (error) {
      half.reader.close();
      delete half.reader;
      this.#foreign(side, (error as Error).message, chunk.subarray(start, end), head?.stream);
    }
  }

  #onDataEnd(side: Side): void {
    const { head } = this.#data[side] ?? {};
    if (head?.flags.includes('END_STREAM')) this.#halfClose(side, head.stream);
  }

  #check(side: Side, head: FrameHead): void {
    checkHead(head);
    this.#of(side).blocks.check(head.type, head.stream);
  }

  #onFrame(side: Side, head: FrameHead, payload: Buffer): void {
    this.#check(side, head);
    const details = detailsIn(head, payload);
    const stream = this.#streams.get(head.stream);
    switch (head.type) {
      case 'HEADERS':
      case 'PUSH_PROMISE':
      case 'CONTINUATION':
        this.#onHeaders(side, head, payload);
        return;
      case 'WINDOW_UPDATE': {
        const sender = otherSide(side);
        if (stream) stream[sender].window += details.increment ?? 0;
        else if (head.stream === 0) this.#of(sender).window += details.increment ?? 0;
        this.#frame(side, head, { ...details, windows: this.#windows(sender, stream) });
        return;
      }
      case 'SETTINGS':
        this.#onSettings(otherSide(side), details.settings ?? {});
        this.#frame(side, head, { ...details, windows: this.#windows(otherSide(side), undefined) });
        return;
      default:
        this.#frame(side, head, details);
        if (head.type === 'RST_STREAM' && stream)
          this.#end(stream, { resetBy: side, code: details.code ?? '' });
    }
  }

  /** What the other side's settings allow to a side. */
  #onSettings(side: Side, settings: Record<string, number>): void {
    const { HEADER_TABLE_SIZE, INITIAL_WINDOW_SIZE, MAX_FRAME_SIZE } = settings;
    const direction = this.#of(side);
    if (HEADER_TABLE_SIZE !== undefined) direction.blocks.allowTable(HEADER_TABLE_SIZE);
    if (MAX_FRAME_SIZE !== undefined) direction.frames.allow(MAX_FRAME_SIZE);
    if (INITIAL_WINDOW_SIZE === undefined) return;
    for (const stream of this.#streams.values())
      stream[side].window += INITIAL_WINDOW_SIZE - direction.firstWindow;
    direction.firstWindow = INITIAL_WINDOW_SIZE;
  }

  #onHeaders(side: Side, head: FrameHead, payload: Buffer): void {
    const { blocks } = this.#of(side);
    const continues = head.type === 'CONTINUATION';
    const { block: part, promised } = continues ? { block: payload } : blockIn(head, payload);
    if (!continues) {
      const endStream = head.flags.includes('END_STREAM');
      blocks.begin({ stream: head.stream, target: promised ?? head.stream, endStream });
    }
    const block = blocks.add(Buffer.from(part), head.flags.includes('END_HEADERS'));
    this.#frame(side, head, {
      ...(promised === undefined ? {} : { promised }),
      ...(block ? { headers: block.fields } : {}),
    });
    if (block) this.#onBlock(side, block, block.target !== block.stream);
  }

  #onBlock(side: Side, { target, fields, endStream }: HeaderBlock, promised: boolean): void {
    const stream = this.#streams.get(target) ?? this.#open(side, target, promised);
    if (!stream) return;
    // A promised request is the client's, although the server sends it.
    const sender = promised ? 'client' : side;
    const half = stream[sender];
    if (readFields(stream, sender, fields) && !half.ended) {
      half.reader?.close();
      half.reader = this.#messages(stream, sender);
    }
    stream.types ??= stream.method === '' ? undefined : this.#findMethod(stream.method);
    if (endStream) this.#halfClose(side, target);
  }

  #open(side: Side, id: number, promised: boolean): Stream | undefined {
    const isNew = promised || (side === 'client' && id > this.#lastClientStream);
    if (!isNew) return undefined;
    if (!promised) this.#lastClientStream = id;
    if (this.#streams.size >= MOST_STREAMS) return undefined;
    const stream = newStream(id, this.#client.firstWindow, this.#server.firstWindow);
    stream.client.ended = promised;
    this.#streams.set(id, stream);
    return stream;
  }

  #messages(stream: Stream, side: Side): MessageReader {
    const half = stream[side];
    return new MessageReader(this.#budget, (message) => {
      const { length, compressed, frames } = message;
      const type = side === 'client' ? stream.types?.request : stream.types?.response;
      this.#emit({
        type: 'message',
        side,
        stream: stream.id,
        number: ++half.messages,
        length,
        compressed,
        frames,
        text: messageText(message, type, half.encoding),
      });
    });
  }

  #halfClose(side: Side, id: number): void {
    const stream = this.#streams.get(id);
    if (!stream) return;
    stream[side].ended = true;
    if (stream.client.ended && stream.server.ended) this.#end(stream, {});
  }

  #end(stream: Stream, how: Pick<Ended, 'resetBy' | 'code' | 'lost'>): void {
    this.#streams.delete(stream.id);
    stream.client.reader?.close();
    stream.server.reader?.close();
    this.#emit(endOf(stream, how));
  }
}
