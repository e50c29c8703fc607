// What the tap sees, as plain objects: one JSON line each in a recording, one message each to the page.

/** Who sent it. */
export type Side = 'client' | 'server';

interface Happening {
  /** Milliseconds since the tap or the recording began, with three decimals. */
  readonly at: number;
  /** Counts the connections of the tap, from 1. */
  readonly connection: number;
}

/** A client connected to the tap, and the tap to the server. */
export interface Opened extends Happening {
  readonly type: 'opened';
  /** Addresses as `host:port`. */
  readonly client: string;
  readonly server: string;
}

/** How much one direction may still send, in bytes. Below zero after a SETTINGS frame that shrinks the windows. */
export interface Windows {
  readonly stream?: number;
  readonly connection: number;
}

export interface Frame extends Happening {
  readonly type: 'frame';
  /** Counts the frames of its connection in both directions, from 1. */
  readonly id: number;
  readonly side: Side;
  /** 0 for the connection itself. */
  readonly stream: number;
  /** `HEADERS`, `DATA`, … or `0x1f` for a type that RFC 9113 does not name. */
  readonly frame: string;
  /** `END_STREAM`, `END_HEADERS`, `ACK`, `PADDED`, `PRIORITY`. */
  readonly flags: readonly string[];
  /** Bytes of payload, without the 9 bytes of the frame's head. */
  readonly length: number;
  /**
   * HEADERS, PUSH_PROMISE or CONTINUATION that ends a header block: its fields in their order, binary values in
   * base64, and of credentials only their length. If there are very many, the last of them is named `…` and says how many are left out.
   */
  readonly headers?: readonly (readonly [string, string])[];
  /** PUSH_PROMISE: the stream that is promised. */
  readonly promised?: number;
  /** RST_STREAM and GOAWAY: `CANCEL`, `NO_ERROR`, …. */
  readonly code?: string;
  /** GOAWAY. */
  readonly lastStream?: number;
  /** GOAWAY: its debug data as text. */
  readonly debug?: string;
  /** WINDOW_UPDATE: bytes. */
  readonly increment?: number;
  /** SETTINGS: by the names of RFC 9113. */
  readonly settings?: Readonly<Record<string, number>>;
  /** PING: its eight bytes in hex. */
  readonly ping?: string;
  /** DATA: what its sender may still send behind it. WINDOW_UPDATE and SETTINGS: what its receiver may now send. */
  readonly windows?: Windows;
}

/** A gRPC message that is complete. */
export interface Message extends Happening {
  readonly type: 'message';
  readonly side: Side;
  readonly stream: number;
  /** Counts the messages of this side and stream, from 1. */
  readonly number: number;
  /** Bytes, without the 5 bytes of its prefix; as they are on the wire if compressed. */
  readonly length: number;
  readonly compressed: boolean;
  /** The DATA frames that carry it, from the first to the last, by their `id`. */
  readonly frames: readonly [number, number];
  /** Its fields as text for a person, such as `number: 4`, cut when long. */
  readonly text: string;
}

/** A stream that is over in both directions, or whose connection is. */
export interface Ended extends Happening {
  readonly type: 'ended';
  readonly stream: number;
  /** `/package.Service/Method` if its headers said so. */
  readonly method: string;
  /** The connection was closed before the stream ended. */
  readonly lost?: true;
  /** Who reset it; undefined if both sides ended it, or if it was lost. */
  readonly resetBy?: Side;
  /** The code of the reset. */
  readonly code?: string;
  /** The gRPC status of the trailers by its name. */
  readonly status?: string;
  readonly message?: string;
  /** Messages in each direction. */
  readonly requests: number;
  readonly responses: number;
}

/** Bytes that are not HTTP/2, or that break its rules. They are passed on; the rest of that direction is not decoded. */
export interface Foreign extends Happening {
  readonly type: 'foreign';
  /** If given, only this stream's bytes are at fault: they are not gRPC messages. The rest goes on being decoded. */
  readonly stream?: number;
  readonly side: Side;
  readonly reason: string;
  /** The first of them, in hex. */
  readonly bytes: string;
}

/** A connection is over. */
export interface Closed extends Happening {
  readonly type: 'closed';
  readonly by: Side;
  /** `end`, `reset`, or what Node says of the socket. */
  readonly how: string;
}

/** What a demo's code saw on its side; only in what `pnpm wire` plays itself. */
export interface Seen extends Happening {
  readonly type: 'seen';
  readonly side: Side;
  readonly text: string;
}

/** Bytes that wait in the queues of a demo's process; only in what `pnpm wire` plays itself. */
export interface Queued extends Happening {
  readonly type: 'queued';
  readonly side: Side;
  readonly bytes: number;
}

export type WireEvent = Opened | Frame | Message | Ended | Foreign | Closed | Seen | Queued;
