import { type ChannelInterface, Metadata, type StatusObject, status } from '@grpc/grpc-js';
import type { Backend } from './backend.ts';

export type Call = ReturnType<ChannelInterface['createCall']>;
type Listener = Parameters<Call['start']>[1];

// Timers take no more (https://nodejs.org/docs/latest-v20.x/api/timers.html#settimeoutcallback-delay-args).
const LONGEST_TIMER = 2 ** 31 - 1;

/** The part of a balanced channel that a call has to know. */
export interface Picker {
  readonly target: string;
  /** The server for a call, a failure if the call cannot have one, undefined if it has to wait. */
  pick(waitsForReady: boolean): Backend | StatusObject | undefined;
  /** The call on that server's channel. */
  open(backend: Backend): Call;
  /** Calls `look` with each change, until the returned function is called. */
  subscribe(look: () => void): () => void;
}

/** A call that starts when there is a server for it. Until then it keeps its requests and its settings. */
export class BalancedCall implements Call {
  private readonly picker: Picker;
  private readonly deadline: number;
  private readonly early: ((call: Call) => void)[] = [];
  private call: Call | undefined;
  private listener: Listener | undefined;
  private ending: StatusObject | undefined;
  private stopWaiting = () => {};

  constructor(deadline: number, picker: Picker) {
    this.picker = picker;
    this.deadline = deadline;
  }

  start(metadata: Metadata, listener: Listener): void {
    this.listener = listener;
    if (this.ending) {
      this.tell(this.ending);
      return;
    }
    this.do((call) => call.start(metadata, listener));
    const waitsForReady = metadata.getOptions().waitForReady ?? false;
    if (!this.pick(waitsForReady)) this.wait(() => this.pick(waitsForReady));
  }

  /** @returns whether the server of the call is decided */
  private pick(waitsForReady: boolean): boolean {
    const picked = this.picker.pick(waitsForReady);
    if (!picked) return false;
    if ('code' in picked) this.fail(picked);
    else this.attach(this.picker.open(picked));
    return true;
  }

  private wait(look: () => void): void {
    const unsubscribe = this.picker.subscribe(look);
    const left = Math.max(this.deadline - Date.now(), 0);
    const expire = () => this.cancelWithStatus(status.DEADLINE_EXCEEDED, this.obstacle());
    const timer = left <= LONGEST_TIMER ? setTimeout(expire, left) : undefined;
    this.stopWaiting = () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }

  private obstacle(): string {
    return `deadline exceeded: no server of ${this.picker.target} took the call`;
  }

  private attach(call: Call): void {
    this.stopWaiting();
    this.call = call;
    for (const act of this.early.splice(0)) act(call);
  }

  private fail(ending: StatusObject): void {
    if (this.ending) return;
    this.stopWaiting();
    this.ending = ending;
    if (this.listener) this.tell(ending);
  }

  private tell(ending: StatusObject): void {
    process.nextTick(() => this.listener?.onReceiveStatus(ending));
  }

  private do(act: (call: Call) => void): void {
    if (this.call) act(this.call);
    else if (!this.ending) this.early.push(act);
  }

  sendMessageWithContext(...message: Parameters<Call['sendMessageWithContext']>): void {
    this.do((call) => call.sendMessageWithContext(...message));
  }

  startRead(): void {
    this.do((call) => call.startRead());
  }

  halfClose(): void {
    this.do((call) => call.halfClose());
  }

  cancelWithStatus(code: status, details: string): void {
    if (this.call) this.call.cancelWithStatus(code, details);
    else this.fail({ code, details, metadata: new Metadata() });
  }

  setCredentials(credentials: Parameters<Call['setCredentials']>[0]): void {
    this.do((call) => call.setCredentials(credentials));
  }

  getPeer(): string {
    return this.call?.getPeer() ?? this.picker.target;
  }

  getCallNumber(): number {
    return this.call?.getCallNumber() ?? 0;
  }

  getAuthContext(): ReturnType<Call['getAuthContext']> {
    return this.call?.getAuthContext() ?? null;
  }
}
