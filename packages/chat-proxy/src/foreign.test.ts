// The contract with a program that is not ours at either end: Python's gRPC, from Debian's python3-grpcio.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { status } from '@grpc/grpc-js';
import { listening, type RunningProgram, startCommand, startServer } from 'cli/testing';
import { StatusError } from 'grpc-iterables';
import type { Test } from '../test/programs.ts';
import { type Form, forms, messangerProto, startProxy } from '../test/proxied.ts';

// The system's own, which is the one that Debian's packages belong to.
const PYTHON = '/usr/bin/python3';
const peer = fileURLToPath(new URL('../test/foreign.py', import.meta.url));
const protoRoot = fileURLToPath(new URL('../../../proto/', import.meta.url));
const FILES = ['messanger.proto', 'google/rpc/status.proto', 'google/rpc/error_details.proto'];

/** Why these tests can't run here; undefined if they can. In CI they have to. */
function whyNoPython(): string | undefined {
  if (process.env.CI) return undefined;
  try {
    execFileSync(PYTHON, ['-c', 'import grpc, google.protobuf'], { stdio: 'ignore' });
    // Google's own .proto files come with the package that is often left out.
    const check = ['google/rpc/status.proto', '--descriptor_set_out=/dev/null'];
    execFileSync('protoc', [`--proto_path=${protoRoot}`, ...check], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'needs python3-grpcio, python3-protobuf, protobuf-compiler and libprotobuf-dev';
  }
}

let generated: string | undefined;

function startPython(t: Test, ...args: string[]): RunningProgram {
  if (generated === undefined) {
    generated = mkdtempSync(join(tmpdir(), 'foreign-'));
    execFileSync('protoc', [`--proto_path=${protoRoot}`, `--python_out=${generated}`, ...FILES]);
  }
  return startCommand(t, PYTHON, [peer, ...args], { PYTHONPATH: generated });
}

const skip = whyNoPython() ?? false;
const program = (name: string) => new URL(`./${name}.ts`, import.meta.url);

for (const [name, service, options] of [
  ['the proxy', 'proxy.MessangerProxy', []],
  ['the pass-through', 'messanger.Messanger', ['--proto', messangerProto]],
] as const) {
  describe(`a Python client of ${name}`, { skip }, () => {
    async function act(t: Test, what: string): Promise<RunningProgram> {
      const { address } = await startServer(t, program('messanger-server'));
      const front = await startServer(t, program('proxy-server'), '--to', address, ...options);
      const run = startPython(t, 'client', front.address, service, what);
      await run.exit;
      return run;
    }
    test('makes all four kinds of call', async (t) => {
      const { output, errors } = await act(t, 'tour');
      assert.deepEqual(errors, []);
      assert.deepEqual(output, [
        'info 7 News CHANNEL',
        'headers 7',
        'message дождь',
        'status channel 7 closed after 1 messages',
        'chat 0',
      ]);
    });
    test('reads the rich details of a refusal', async (t) => {
      assert.deepEqual((await act(t, 'refused')).output, ['NOT_FOUND: no channel 99 is open', 'channel 99']);
    });
    test('sees its deadline', async (t) => {
      assert.match((await act(t, 'late')).output.join(), /^DEADLINE_EXCEEDED: /);
    });
    test('that cancels does not look complete to listeners', async (t) => {
      assert.deepEqual((await act(t, 'lost')).output, ['ABORTED: the author of channel 7 was lost']);
    });
  });
}

for (const form of Object.keys(forms) as Form[]) {
  describe(`a Python server behind ${form}`, { skip }, () => {
    async function startRow(t: Test) {
      const server = await listening(startPython(t, 'server'));
      return { server, ...(await startProxy(t, form, server.address)) };
    }
    test('passes on everything: headers, messages, trailers, status', async (t) => {
      const { client } = await startRow(t);
      const seen: unknown[] = [];
      const { channelInfo } = await client.getInfo(
        { keyword: 'news' },
        {
          onHeaders: (headers) => seen.push(...headers.get('asked')),
          onTrailers: (trailers) => seen.push(...trailers.get('cost')),
        },
      );
      assert.deepEqual([channelInfo[0]?.title, ...seen], ['news', 'news', '12']);
      const received: string[] = [];
      await assert.rejects(
        async () => {
          for await (const { message } of client.joinChannel({ idChannel: 3 })) received.push(message);
        },
        (error) => error instanceof StatusError && error.code === status.OUT_OF_RANGE,
      );
      assert.deepEqual(received, ['0', '1', '2']);
    });
    test('gets half-closes, and answers after them', async (t) => {
      const { client } = await startRow(t);
      const received: string[] = [];
      for await (const { text } of client.joinChat([{ text: 'a' }])) received.push(text);
      assert.deepEqual(received, ['a!', 'after the half-close']);
      assert.equal((await client.startChannel([{}, {}])).status, '2 requests');
    });
    test('sees when a reader leaves', async (t) => {
      const { client, server } = await startRow(t);
      for await (const _ of client.joinChannel({ idChannel: 2 ** 31 - 1 })) break;
      await server.line(/^JoinChannel ended$/);
    });
  });
}
