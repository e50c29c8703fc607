import type { ClientAccount, ServerAccount } from './account.ts';
import type { Plan } from './plan.ts';

export type Fault =
  | 'false complete'
  | 'wrong messages'
  | 'overtaken'
  | 'wrong status'
  | 'late finally'
  | 'hang';

/** What happens to a whole process or connection while calls are open. */
export type Disaster =
  | 'client killed'
  | 'server killed'
  | 'connection cut'
  | 'connection silent'
  | 'server shut down';

/**
 * How long a client's event loop may be held up, in milliseconds, before a known limit of grpc-js shows: it reads
 * responses and the error behind them together then, and drops what it has not delivered.
 */
export const OVERTAKING_LIMIT = 50;

/** A second, and more on a machine so busy that single turns of an event loop take long; in milliseconds. */
export function finallyBound(longestTurn: number): number {
  return 1000 + 10 * longestTurn;
}

interface Expected {
  client: string[];
  server: string[];
}

// A call may always have ended well before it could end in another way.
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
  // A client may reset its stream as soon as the server says goodbye (seen with Node 24); the reset has no reason.
  'server shut down': { ...unavailable, server: [...unavailable.server, 'CANCELLED'] },
};

/**
 * What is expected when the server is another library's. Its handlers hear of every ending as of a cancel. It sends what a
 * handler throws as UNKNOWN, and resets open calls with CANCEL when it shuts down. No client can change that.
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

/** How many responses a client has to have when its call ended as planned. */
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
  // A server that was killed took its account with it.
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

/** Whether an error came before responses that the server had sent earlier. */
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
  /** How long after the client's end the server's may come, in milliseconds. */
  readonly bound: number;
  /**
   * Whether the server is another library's. Then only the client is judged when a process or a connection is lost:
   * Node's http2 ends the request streams of a lost connection as if they were complete, and no client can prevent it.
   */
  readonly foreignServer?: boolean;
}

/**
 * Holds both sides' accounts of a call against each other and against its plan.
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
