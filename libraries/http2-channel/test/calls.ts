// Calls on a channel without a client.
import { type ChannelInterface, type Deadline, Metadata, type StatusObject, status } from '@grpc/grpc-js';
import { type Http2Channel, type Http2ChannelOptions, http2Channel } from '../src/index.ts';

type Call = ReturnType<ChannelInterface['createCall']>;
type ParentCall = Parameters<ChannelInterface['createCall']>[3];

interface CallSetup {
  deadline?: Deadline;
  metadata?: Metadata | Record<string, string>;
  waitForReady?: boolean;
  /** Sent at once, with a half-close after them. Default: one empty message. `undefined` leaves the call open. */
  requests?: Buffer[] | undefined;
  /** How many messages are read automatically. Default: all. */
  reads?: number;
  parent?: ParentCall;
}

/** A call that collects its messages. */
export interface TestCall {
  readonly call: Call;
  readonly messages: Buffer[];
  /** Resolves at the end with its status. */
  readonly status: Promise<StatusObject>;
  /** Resolves with the response headers. */
  readonly headers: Promise<Metadata>;
  /** Resolves when so many messages have arrived. */
  received(count: number): Promise<void>;
  /** Resolves when the next message may be sent. */
  send(body: Buffer): Promise<void>;
}

interface TestContext {
  after(cleanUp: () => Promise<void>): void;
}

/** A channel that is closed after the test. */
export function openChannel(
  t: TestContext,
  address: string,
  options: Http2ChannelOptions = {},
): Http2Channel {
  const channel = http2Channel(address, { backoff: { first: 20, longest: 50 }, ...options });
  t.after(async () => void channel.close());
  return channel;
}

export function openCall(channel: ChannelInterface, method: string, setup: CallSetup = {}): TestCall {
  const { deadline = Number.POSITIVE_INFINITY, reads = Number.POSITIVE_INFINITY, parent = null } = setup;
  const requests = 'requests' in setup ? setup.requests : [Buffer.alloc(0)];
  const call = channel.createCall(`/test.Bytes/${method}`, deadline, null, parent, null);
  const messages: Buffer[] = [];
  const ended = deferred<StatusObject>();
  const answered = deferred<Metadata>();
  const waiting = new Set<() => void>();
  call.start(metadataFor(setup), {
    onReceiveMetadata: answered.resolve,
    onReceiveMessage(message: Buffer) {
      messages.push(message);
      if (messages.length < reads) call.startRead();
      for (const look of waiting) look();
    },
    onReceiveStatus: ended.resolve,
  });
  if (reads > 0) call.startRead();
  const send = (body: Buffer) =>
    new Promise<void>((resolve) => call.sendMessageWithContext({ callback: () => resolve() }, body));
  for (const body of requests ?? []) void send(body);
  if (requests) call.halfClose();
  return {
    call,
    messages,
    status: ended.promise,
    headers: answered.promise,
    received: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (messages.length >= count) resolve();
        };
        waiting.add(look);
        look();
      }),
    send,
  };
}

/** Makes a call, and describes how it ended: "OK" or "UNAVAILABLE: details". */
export async function outcome(
  channel: ChannelInterface,
  method: string,
  setup: CallSetup = {},
): Promise<string> {
  return described(await openCall(channel, method, setup).status);
}

export function described({ code, details }: StatusObject): string {
  return code === status.OK ? 'OK' : `${status[code]}: ${details}`;
}

function metadataFor({ metadata = {}, waitForReady }: CallSetup): Metadata {
  const result = metadata instanceof Metadata ? metadata : Metadata.fromHttp2Headers(metadata);
  if (waitForReady !== undefined) result.setOptions({ waitForReady });
  return result;
}

export function deferred<Value = void>() {
  let resolve: (value: Value) => void = () => {};
  const promise = new Promise<Value>((resolvePromise) => {
    resolve = resolvePromise;
  });
  return { promise, resolve };
}
