import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { listening, startCommand } from 'cli/testing';
import { connect } from 'grpc-iterables';
import { BidirectionalStreamServer, Health } from 'proto';
import { tokenCredentials } from '../auth/token-credentials.ts';
import { issue } from '../src/issuer.ts';

const server = fileURLToPath(new URL('../src/server.ts', import.meta.url));
const whatNodeSees = fileURLToPath(new URL('./what-node-sees.ts', import.meta.url));

// A container's first process is number 1 of a PID namespace.
const FIRST = ['--pid', '--fork', '--mount-proc', '--kill-child'];
const noNamespaces = spawnSync('unshare', [...FIRST, 'true']).status !== 0;

describe('a server that is process 1, as in a container', {
  skip: noNamespaces && 'needs the right to make PID namespaces',
}, () => {
  async function startFirst(t: TestContext) {
    const args = [...FIRST, process.execPath, '--import', 'tsx', server, '--port', '0', '--notice', '100ms'];
    const running = await listening(startCommand(t, 'unshare', args));
    const { pid } = running.child;
    const [first] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ');
    return { ...running, stop: () => process.kill(Number(first), 'SIGTERM') };
  }

  test('obeys SIGTERM: NOT_SERVING, the open stream finishes, exit status 0', async (t) => {
    const { address, stop, exit } = await startFirst(t);
    await using health = connect(Health, address);
    const callCredentials = tokenCredentials(() => issue('Ann', 'roots', 60));
    await using roots = connect(BidirectionalStreamServer, address, { callCredentials });
    let last = () => {};
    const asked = new Promise<void>((resolve) => {
      last = resolve;
    });
    const stream = roots.sqrt(
      (async function* () {
        yield { number: 4 };
        await asked;
        yield { number: 9 };
      })(),
    );
    assert.equal((await stream.next()).value?.sqrt, 2);
    const watch = health.watch({ service: '' });
    const said = [(await watch.next()).value?.status];
    stop();
    for await (const { status } of watch) said.push(status);
    assert.deepEqual(said, ['SERVING', 'NOT_SERVING']);
    last();
    assert.equal((await stream.next()).value?.sqrt, 3);
    assert.equal((await stream.next()).done, true);
    assert.equal(await exit, 0);
  });

  test('answers a probe that sends no token: Check of a service, and of the whole server', async (t) => {
    const { address } = await startFirst(t);
    await using health = connect(Health, address);
    for (const service of ['', 'stream.BidirectionalStreamServer'])
      assert.deepEqual(await health.check({ service }), { status: 'SERVING' });
  });
});

test('Node takes half of a container of 512 MB for its heap', (t) => {
  const group = '/sys/fs/cgroup/memory/grpc-streams-test';
  try {
    mkdirSync(group);
    t.after(() => rmdirSync(group));
    writeFileSync(`${group}/memory.limit_in_bytes`, String(512 * 2 ** 20));
  } catch {
    return t.skip('needs the right to make a memory cgroup');
  }
  const joined = `echo $$ > ${group}/cgroup.procs && exec "$0" --import tsx ${whatNodeSees}`;
  const { stdout, stderr } = spawnSync('sh', ['-c', joined, process.execPath], { encoding: 'utf8' });
  const [, memory] = /memory: (\d+) MB/.exec(stdout) ?? [];
  const [, heap] = /heap may grow to: (\d+) MB/.exec(stdout) ?? [];
  assert.equal(memory, '512', stderr);
  assert.ok(Math.abs(Number(heap) - 256) < 16, stdout);
});
