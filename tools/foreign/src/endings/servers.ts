// The servers that print what their handlers see, in three languages.
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listening, type RunningProgram, startCommand, startProgram } from 'cli/testing';
import { startScript } from '../python.ts';

type Scope = Parameters<typeof startCommand>[0];
export type WatchedServer = RunningProgram & { readonly address: string };

const python = new URL('watched.py', import.meta.url);
const node = new URL('watched-server.ts', import.meta.url);
const goSource = fileURLToPath(new URL('../../go/main.go', import.meta.url));
// Where Debian's packages put Go's libraries.
const goEnv = { ...process.env, GO111MODULE: 'off', GOPATH: '/usr/share/gocode' };

let goProgram: string | undefined;

/** Builds the server in Go; undefined if Go or grpc-go is not installed. */
export function builtGoServer(): string | undefined {
  if (goProgram !== undefined) return goProgram;
  const program = join(mkdtempSync(join(tmpdir(), 'foreign-go-')), 'server');
  const { status } = spawnSync('go', ['build', '-o', program, goSource], { env: goEnv });
  if (status === 0) goProgram = program;
  return goProgram;
}

export type ServerName = 'serve' | 'grpc-js' | 'grpcio' | 'grpc-go';

export async function startWatched(scope: Scope, name: ServerName): Promise<WatchedServer> {
  if (name === 'grpcio') return listening(startScript(scope, python, 'server'));
  if (name === 'grpc-go') return listening(startCommand(scope, builtGoServer() ?? 'go', []));
  return listening(startProgram(scope, node, name));
}

/** Cancels uploads with grpcio's client; resolves when all are cancelled. */
export async function cancelWithPython(scope: Scope, address: string, uploads: number): Promise<void> {
  const { exit, errors } = startScript(scope, python, 'client', address, String(uploads));
  if ((await exit) !== 0) throw new Error(errors.join('\n'));
}
