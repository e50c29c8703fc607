import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { startProgram, startServer } from 'cli/testing';
import { StatusError } from 'grpc-iterables';
import { type Detail, detailsOf, richStatus } from './rich-status.ts';

const server = new URL('./server.ts', import.meta.url);
const client = new URL('./client.ts', import.meta.url);

const everyDetail: Detail[] = [
  { type: 'ErrorInfo', reason: 'R', domain: 'example.com', metadata: { key: 'value' } },
  { type: 'RetryInfo', retryDelay: { seconds: 3, nanos: 500_000_000 } },
  { type: 'DebugInfo', stackEntries: ['a', 'b'], detail: 'd' },
  {
    type: 'QuotaFailure',
    violations: [{ subject: 's', description: 'd', quotaValue: '9223372036854775807' }],
  },
  { type: 'PreconditionFailure', violations: [{ type: 'T', subject: 's', description: 'd' }] },
  { type: 'BadRequest', fieldViolations: [{ field: 'f', description: 'd', reason: 'R' }] },
  { type: 'RequestInfo', requestId: 'i', servingData: 'd' },
  { type: 'ResourceInfo', resourceType: 't', resourceName: 'n', owner: 'o', description: 'd' },
  { type: 'Help', links: [{ description: 'd', url: 'https://example.com' }] },
  { type: 'LocalizedMessage', locale: 'ru-RU', message: 'Нет' },
];

describe('rich status', () => {
  test('all ten standard details come back as they were sent', () => {
    const received = detailsOf(richStatus(status.ABORTED, 'no', everyDetail));
    assert.deepEqual(
      received.map(({ type }) => type),
      everyDetail.map(({ type }) => type),
    );
    const quota = received.find((detail) => detail.type === 'QuotaFailure');
    assert.equal(quota?.violations[0]?.quotaValue, '9223372036854775807');
    const retry = received.find((detail) => detail.type === 'RetryInfo');
    assert.deepEqual({ ...retry?.retryDelay }, { seconds: '3', nanos: 500_000_000 });
  });
  test('a detail of an unknown type is kept with its bytes', () => {
    // Status{code: 10, details: [Any{type_url: "x/y.Z", value: 01 02}]}, from a peer with types of its own.
    const bytes = Buffer.from([8, 10, 26, 11, 10, 5, ...Buffer.from('x/y.Z'), 18, 2, 1, 2]);
    const error = new StatusError(status.ABORTED, 'no');
    error.metadata.set('grpc-status-details-bin', bytes);
    const [detail] = detailsOf(error);
    assert.ok(detail?.type === 'unknown');
    assert.equal(detail.typeUrl, 'x/y.Z');
    assert.deepEqual([...detail.value], [1, 2]);
  });
  test('a trailer that is not a status is returned as an unknown detail', () => {
    const error = new StatusError(status.ABORTED, 'no');
    assert.deepEqual(detailsOf(error), []);
    error.metadata.set('grpc-status-details-bin', Buffer.from([255, 255, 255]));
    assert.equal(detailsOf(error)[0]?.type, 'unknown');
  });
});

describe('the programs', () => {
  test('print what the demo shows, for every scenario', async (t) => {
    const { address, output } = await startServer(t, server);
    const run = startProgram(t, client, '--address', address);
    assert.equal(await run.exit, 0);
    const demo = JSON.parse(await readFile(new URL('../demo.json', import.meta.url), 'utf8'));
    assert.deepEqual(run.output, demo.output);
    assert.ok(!run.output.join().includes('secret'), 'the exception must not reach the client');
    assert.ok(output.some((line) => line.includes('cannot read /etc/secret')));
    assert.ok(output.some((line) => /trailers of \d+ bytes exceed the limit of 8192/.test(line)));
  });
  test('an unknown scenario ends with exit status 2, and the error names the known ones', async (t) => {
    const { address } = await startServer(t, server);
    const run = startProgram(t, client, '--address', address, 'nonsense');
    assert.equal(await run.exit, 2);
    assert.match(run.errors.join(), /no scenario "nonsense"; there are: bad-request, /);
  });
});
