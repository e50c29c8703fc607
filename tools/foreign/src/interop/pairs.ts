// Every client library against every server library.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { startRelay } from 'cli/relay';
import { listening } from 'cli/testing';
import { defineService, serve } from 'grpc-iterables';
import { serveBare } from '../bare-server.ts';
import { startScript } from '../python.ts';
import { bareCaller, iterableCaller, ourCaller } from './callers.ts';
import { type Caller, type Case, type CaseName, cases } from './cases.ts';
import { handlers, type ServedHandlers, servedDefinition } from './handlers.ts';

/** Cleans up at the end: the context of a test or of a program. */
export interface Scope {
  after(cleanUp: () => unknown): void;
}

/** A client library: it runs a case against a server, and rejects if the case fails. */
export type Client = (name: CaseName, address: string) => Promise<void>;

export type ClientName = 'connect' | 'iterableClient' | 'grpc-js' | 'grpcio';
export type ServerName = 'serve' | 'grpc-js' | 'grpcio';
export const clientNames: ClientName[] = ['connect', 'iterableClient', 'grpc-js', 'grpcio'];
export const serverNames: ServerName[] = ['serve', 'grpc-js', 'grpcio'];

const GRPC_JS_SERVER = 'a grpc-js server does not compress responses';
const GRPCIO_CLIENT = "grpcio's client compresses all requests of a call or none";

/** Why a pair cannot pass a case; undefined if it can. */
export function whyNot(client: ClientName, server: ServerName, name: CaseName): string | undefined {
  if (name.startsWith('server_compressed') && server !== 'grpcio') return GRPC_JS_SERVER;
  if (name === 'client_compressed_streaming' && client === 'grpcio') return GRPCIO_CLIENT;
  return undefined;
}

/** Starts every server once; resolves with their addresses. */
export async function startServers(scope: Scope): Promise<Record<ServerName, string>> {
  const service = defineService<ServedHandlers>(servedDefinition, handlers);
  const ours = await serve([service], { gracePeriod: 0 });
  scope.after(() => ours.shutdown());
  const bare = await serveBare(servedDefinition, handlers);
  scope.after(() => bare.server.forceShutdown());
  const python = await listening(startScript(scope, new URL('interop.py', import.meta.url), 'server', '0'));
  return { serve: ours.address, 'grpc-js': bare.address, grpcio: python.address };
}

function nodeClient(callerOf: (address: string) => Caller): Client {
  return async (name, address) => {
    const caller = callerOf(address);
    try {
      await cases[name].run(caller);
    } finally {
      caller.close();
    }
  };
}

function pythonClient(scope: Scope): Client {
  const { child } = startScript(scope, new URL('interop.py', import.meta.url), 'client');
  const answers = createInterface({ input: child.stdout });
  return async (name, address) => {
    child.stdin.write(`${name} ${address}\n`);
    const [answer] = await once(answers, 'line');
    assert.equal(answer, 'passed');
  };
}

export function startClients(scope: Scope): Record<ClientName, Client> {
  return {
    connect: nodeClient(ourCaller),
    iterableClient: nodeClient(iterableCaller),
    'grpc-js': nodeClient(bareCaller),
    grpcio: pythonClient(scope),
  };
}

// The size of frames, headers, and compressed zeros.
const OVERHEAD = 10_000;

/** Runs a case. Where messages are compressed, it also counts the bytes, because the libraries do not show the flags. */
export async function runCase(client: Client, name: CaseName, address: string): Promise<void> {
  const { bytes }: Case = cases[name];
  if (bytes === undefined) return client(name, address);
  const relay = await startRelay(address);
  try {
    await client(name, relay.address);
    const extra = relay.bytes() - bytes;
    assert.ok(extra > 0 && extra < OVERHEAD, `${relay.bytes()} bytes on the wire; expected about ${bytes}`);
  } finally {
    await relay.close();
  }
}
