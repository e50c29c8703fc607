import type { ClientAccount, ServerAccount } from './account.ts';
import type { Plan } from './plan.ts';

export type Fault =
  | 'false complete'
  | 'wrong messages'
  | 'overtaken'
  | 'wrong status'
  | 'late finally'
  | 'hang';

/** Events that hit a whole process or connection while calls are open. */
export type Disaster =
  | 'client killed'
  | 'server killed'
  | 'connection cut'
  | 'connection silent'
  | 'server shut down';

/**
 * The longest turn of a client's event loop, in milliseconds, without a known fault of grpc-js. In a longer turn it reads
 * responses together with the error after them, and drops the responses.
 */
export const OVERTAKING_LIMIT = 50;

/** One second, and more if single turns of an event loop take long because the machine is busy. In milliseconds. */
export function finallyBound(longestTurn: number): number {
  return 1000 + 10 * longestTurn;
}

interface Expected {
  client: string[];
  server: string[];
}

// Every call may also end well, if it is complete before the planned ending.
const complete = ['complete'];
const cancelled = ['complete', 'CANCELLED'];
const expectedByEnding: Record<Plan['ending'], Expected> = {
  complete: { client: complete, server: complete },
  'client breaks': { client: ['left'], server: cancelled },
  'client aborts': { client: cancelled, server: cancelled },
  'requests throw': { client: ['requests threw'], server: ['CANCELLED'] },
  deadline: { client: ['complete', 'DEADLINE_EXCEEDED'], server: ['complete', 'DEADLINE_EXCEEDED'] },
  status: { client: ['NOT_FOUND'], server: ['threw'] },
  exception: { client: ['INTERNAL'], server: ['threw'] },
  'early answer': { client: complete, server: complete },
};
const unavailable = { client: ['complete', 'UNAVAILABLE'], server: ['complete', 'UNAVAILABLE'] };
const expectedByDisaster: Record<Disaster, Expected> = {
  'client killed': unavailable,
  'server killed': unavailable,
  'connection cut': unavailable,
  'connection silent': unavailable,
  // With Node 24 a client may reset its stream when the server sends GOAWAY. Such a reset has no reason.
  'server shut down': { ...unavailable, server: [...unavailable.server, 'CANCELLED'] },
};

/**
 * What is expected if the server is of another library. Its handlers see every ending as a cancel. It sends each error of a
 * handler as UNKNOWN, and resets open calls with CANCEL when it shuts down. No client can change that.
 */
function withForeignServer({ client, server }: Expected, disaster: Disaster | undefined): Expected {
  return {
    client: [
      ...client.map((ended) => (ended === 'INTERNAL' ? 'UNKNOWN' : ended)),
      ...(disaster === 'server shut down' ? ['CANCELLED'] : []),
    ],
    server: [...server, 'CANCELLED'],
  };
}

/** How many responses a client must have if its call ended as planned. */
function expectedResponses({ kind, ending, moment, requests, responses }: Plan): number {
  if (kind === 'unary' || kind === 'upload') return 1;
  if (ending === 'early answer') return moment;
  return kind === 'exchange' ? requests : responses;
}

function sawFalseEnd(plan: Plan, client: ClientAccount | undefined, server: ServerAccount): boolean {
  if (!server.sawEnd) return false;
  return client ? !client.finished : server.received < plan.requests;
}

function clientSawFalseEnd(plan: Plan, client: ClientAccount, server: ServerAccount | undefined): boolean {
  if (client.ended !== 'complete') return false;
  if (client.received !== expectedResponses(plan)) return true;
  // A server that was killed has no record.
  return server !== undefined && server.ended !== 'complete';
}

function messagesLost(
  plan: Plan,
  client: ClientAccount | undefined,
  server: ServerAccount | undefined,
): boolean {
  if (!client || !server) return false;
  if (client.ended === 'wrong answer' || client.ended.startsWith('Error')) return true;
  return server.sawEnd && client.finished && server.received !== plan.requests;
}

/** Whether the client got an error, but not all responses that the server had sent before it. */
function overtaken(
  plan: Plan,
  client: ClientAccount | undefined,
  server: ServerAccount | undefined,
): boolean {
  if (!client || !server) return false;
  const failed = plan.ending === 'status' || plan.ending === 'exception';
  const streams = plan.kind === 'download' || plan.kind === 'exchange';
  return failed && streams && server.ended === 'threw' && client.received !== server.sent;
}

/** How strictly calls are judged. */
export interface Rules {
  /** How much later than the client the server may see the end, in milliseconds. */
  readonly bound: number;
  /**
   * Whether the server is of another library. If a process or a connection is lost, then only the client is judged, because
   * Node's http2 ends the request streams of a lost connection as if they were complete. No client can prevent this.
   */
  readonly foreignServer?: boolean;
}

/**
 * Compares the records of both sides of a call with each other, and with its plan.
 *
 * @param client undefined: its process was killed
 * @param serverAccount undefined: its process was killed, or the call never reached it
 */
export function faultsOf(
  plan: Plan,
  client: ClientAccount | undefined,
  serverAccount: ServerAccount | undefined,
  disaster?: Disaster,
  { bound, foreignServer = false }: Rules = { bound: finallyBound(0) },
): Fault[] {
  const usual = disaster ? expectedByDisaster[disaster] : expectedByEnding[plan.ending];
  const expected = foreignServer ? withForeignServer(usual, disaster) : usual;
  const server = foreignServer && disaster ? undefined : serverAccount;
  const faults: Fault[] = [];
  if (client?.ended === 'hang') return ['hang'];
  if ((server && sawFalseEnd(plan, client, server)) || (client && clientSawFalseEnd(plan, client, server))) {
    faults.push('false complete');
  }
  if (messagesLost(plan, client, server)) faults.push('wrong messages');
  if (overtaken(plan, client, server)) faults.push('overtaken');
  if (
    (client && !expected.client.includes(client.ended)) ||
    (server && !expected.server.includes(server.ended))
  ) {
    faults.push('wrong status');
  }
  if (client && (!client.requestsClosed || (server && server.at - client.at > bound))) {
    faults.push('late finally');
  }
  return faults;
}
