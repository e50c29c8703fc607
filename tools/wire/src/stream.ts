// One stream: what its two sides have sent, and how it ends.
import { status } from '@grpc/grpc-js';
import type { Ended, Side } from './events.ts';
import type { Field } from './hpack/decoder.ts';
import type { MessageReader } from './message-reader.ts';
import type { MethodTypes } from './message-types.ts';

/** What one side sends. */
export interface Half {
  /** How much it may still send, in bytes. */
  window: number;
  /** It has sent END_STREAM. */
  ended: boolean;
  messages: number;
  /** Undefined if it does not send gRPC messages. */
  reader?: MessageReader;
  /** How its compressed messages are compressed. */
  encoding?: string;
}

export interface Stream {
  readonly id: number;
  readonly client: Half;
  readonly server: Half;
  method: string;
  types?: MethodTypes | undefined;
  status?: string;
  message?: string;
}

export function newStream(id: number, clientWindow: number, serverWindow: number): Stream {
  return {
    id,
    method: '',
    client: { window: clientWindow, ended: false, messages: 0 },
    server: { window: serverWindow, ended: false, messages: 0 },
  };
}

const GRPC = /^application\/grpc(?:[+;]|$)/;

/** Takes what headers or trailers say of their stream. Returns true if their side is going to send messages. */
export function readFields(stream: Stream, side: Side, fields: readonly Field[]): boolean {
  let sendsMessages = false;
  for (const [name, value] of fields) {
    if (name === ':path') stream.method = value;
    else if (name === 'content-type') sendsMessages = GRPC.test(value);
    else if (name === 'grpc-encoding') stream[side].encoding = value;
    else if (side === 'server' && name === 'grpc-status') stream.status = status[Number(value)] ?? value;
    else if (side === 'server' && name === 'grpc-message') stream.message = percentDecoded(value);
  }
  return sendsMessages;
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // The specification of gRPC has a decoder pass on what it can't read.
    return text;
  }
}

/** The event of a stream that is over, without its time. */
export function endOf(stream: Stream, how: Pick<Ended, 'resetBy' | 'code' | 'lost'>) {
  const { id, method, status, message, client, server } = stream;
  return {
    type: 'ended' as const,
    stream: id,
    method,
    ...how,
    ...(status === undefined ? {} : { status }),
    ...(message ? { message } : {}),
    requests: client.messages,
    responses: server.messages,
  };
}
