// The bytes on the wire: programs in other languages depend on them.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { protoFiles, protoRoot } from './files.ts';
import { BidirectionalStreamServer, ClientStream, rpc, ServerStream } from './index.ts';

const { Pow } = ServerStream.service;
const { Sum } = ClientStream.service;
const { Sqrt } = BidirectionalStreamServer.service;

describe('the contracts', () => {
  test('have the paths and kinds that other languages call', () => {
    const kinds = [Pow, Sum, Sqrt].map(({ path, requestStream, responseStream }) => [
      path,
      requestStream,
      responseStream,
    ]);
    assert.deepEqual(kinds, [
      ['/stream.ServerStream/Pow', false, true],
      ['/stream.ClientStream/Sum', true, false],
      ['/stream.BidirectionalStreamServer/Sqrt', true, true],
    ]);
  });
  test('have the field numbers that other languages use', () => {
    assert.equal(Pow.requestSerialize({ number: '1' }).toString('hex'), '0801');
    assert.equal(Sum.requestSerialize({ data: '-1' }).toString('hex'), '08ffffffffffffffffff01');
    assert.equal(Sqrt.responseSerialize({ sqrt: 1 }).toString('hex'), '09000000000000f03f');
  });
  test('carry every int64 exactly, as decimal strings', () => {
    for (const number of ['9223372036854775807', '-9223372036854775808', '9007199254740993', '0']) {
      assert.deepEqual({ ...Pow.responseDeserialize(Pow.responseSerialize({ number })) }, { number });
    }
  });
  test('say nothing of a field that an older client does not send', () => {
    assert.deepEqual({ ...Pow.requestDeserialize(Buffer.from('0802', 'hex')) }, { number: '2', count: 0 });
  });
});

test('the ten standard error details are there', () => {
  const details = Object.keys(rpc).filter((name) => name !== 'Status');
  assert.deepEqual(details.sort(), [
    'BadRequest',
    'DebugInfo',
    'ErrorInfo',
    'Help',
    'LocalizedMessage',
    'PreconditionFailure',
    'QuotaFailure',
    'RequestInfo',
    'ResourceInfo',
    'RetryInfo',
  ]);
});

test('every message, field, enum and method has a comment that says what it means', async () => {
  const bare: string[] = [];
  for (const file of protoFiles) {
    const lines = (await readFile(`${protoRoot}/${file}`, 'utf8')).split('\n').map((line) => line.trim());
    for (const [index, line] of lines.entries()) {
      const declares = /^(message|enum|service|rpc|oneof) |^[\w.<>, ]+ \w+ = \d+;/.test(line);
      if (declares && !/^\/\/|\*\/$/.test(lines[index - 1] ?? '')) bare.push(`${file}:${index + 1}: ${line}`);
    }
  }
  assert.deepEqual(bare, []);
});
