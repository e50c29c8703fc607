import * as grpc from '@grpc/grpc-js';

// How much of a call's responses may be on its way into HTTP/2. It is enough to fill one write to the socket.
const MESSAGES = 64;
const BYTES = 64 * 1024;

type Call = grpc.ServerInterceptingCallInterface;

// #region pipelined
/** A call that takes its next response, or its status, before the last response is written. */
class PipelinedCall extends grpc.ServerInterceptingCall {
  private readonly call: Call;
  private messages = 0;
  private bytes = 0;
  private takeNext: (() => void) | undefined;

  constructor(call: Call) {
    super(call);
    this.call = call;
  }

  /** Requests go to the call directly, because the superclass would wrap each of them in functions. */
  override start(listener: Parameters<Call['start']>[0]): void {
    this.call.start(listener);
  }

  override sendMessage(message: unknown, taken: () => void): void {
    // The message comes from a handler in the form of grpc-js. Its size is not known yet.
    if (!Buffer.isBuffer(message)) {
      this.call.sendMessage(message, taken);
      return;
    }
    this.messages++;
    this.bytes += message.length;
    this.call.sendMessage(message, () => {
      this.messages--;
      this.bytes -= message.length;
      if (this.messages <= MESSAGES / 2 && this.bytes <= BYTES / 2) this.resume();
    });
    if (this.messages < MESSAGES && this.bytes < BYTES) taken();
    else this.takeNext = taken;
  }

  private resume(): void {
    const taken = this.takeNext;
    this.takeNext = undefined;
    taken?.();
  }
}
// #endregion pipelined

/**
 * An interceptor for a grpc-js server. Streams of responses are several times as fast with it as with grpc-js alone.
 *
 * grpc-js hands a response to HTTP/2 when the one before it is written, and so writes each by itself to the
 * socket. Here up to 64 responses, or 64 KiB, are on their way at a time, and Node writes them together. Past that
 * the handler waits as before; order and endings are those of HTTP/2's stream.
 */
export const pipelineWrites: grpc.ServerInterceptor = (_, call) => new PipelinedCall(call);
