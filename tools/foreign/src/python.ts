// Python's gRPC, if it is installed: Debian's python3-grpcio, python3-protobuf, protobuf-compiler, libprotobuf-dev.
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RunningProgram, startCommand } from 'cli/testing';

// The Python of the system, because Debian's packages are installed there.
const PYTHON = '/usr/bin/python3';
const peer = new URL('./peer.py', import.meta.url);
const protoRoot = fileURLToPath(new URL('../../../proto/', import.meta.url));

const FILES = [
  'stream/server_stream.proto',
  'stream/client_stream.proto',
  'stream/bidirectional_stream.proto',
  'greetering.proto',
  'watch.proto',
  'chatserver.proto',
  'file_transfer.proto',
  'work_queue.proto',
  'google/rpc/status.proto',
  'google/rpc/error_details.proto',
  'interop.proto',
];

/** Why these tests cannot run here; undefined if they can. In CI they must run. */
export function whyNoPython(): string | undefined {
  if (process.env.CI) return undefined;
  try {
    execFileSync(PYTHON, ['-c', 'import grpc, google.protobuf'], { stdio: 'ignore' });
    // Google's own .proto files are in another package, which is often missing.
    const check = ['google/rpc/status.proto', '--descriptor_set_out=/dev/null'];
    execFileSync('protoc', [`--proto_path=${protoRoot}`, ...check], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'needs python3-grpcio, python3-protobuf, protobuf-compiler and libprotobuf-dev';
  }
}

let generated: string | undefined;

/** Starts `peer.py`, with messages made from the .proto files of this workspace. */
export function startPython(
  t: Parameters<typeof startCommand>[0],
  ...args: [side: 'client' | 'server', address: string, ...rest: string[]]
): RunningProgram {
  return startScript(t, peer, ...args);
}

/** Starts a program in Python, with messages made from the .proto files of this workspace. */
export function startScript(
  t: Parameters<typeof startCommand>[0],
  script: URL,
  ...args: string[]
): RunningProgram {
  if (generated === undefined) {
    generated = mkdtempSync(join(tmpdir(), 'foreign-'));
    execFileSync('protoc', [`--proto_path=${protoRoot}`, `--python_out=${generated}`, ...FILES]);
  }
  return startCommand(t, PYTHON, [fileURLToPath(script), ...args], { PYTHONPATH: generated });
}
