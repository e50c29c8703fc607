// Random endings of every kind through the proxy: what the server and its clients report of each call has to agree, and no
// process of the row may keep anything open.
import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startServer } from 'cli/testing';
import type { ClientAccount, Leftovers, ServerAccount } from 'stress/src/account.ts';
import { faultsOf, finallyBound, OVERTAKING_LIMIT } from 'stress/src/judge.ts';
import { type Plan, randomPlans } from 'stress/src/plan.ts';
import type { Orders, Report } from 'stress/src/process.ts';
import type { Test } from '../test/programs.ts';

const proxy = new URL('./proxy-server.ts', import.meta.url);
const side = fileURLToPath(import.meta.resolve('stress/src/process.ts'));
const stressProto = fileURLToPath(new URL('../../../proto/stress.proto', import.meta.url));
const CALLS = Number(process.env.STRESS_CALLS ?? 600);
// How long a server may take to report the end of a call that its client has already reported.
const SETTLE = 3000;

/** A client or server of the stress harness: a process that reports how each call ended. */
function startSide(t: Test, orders: Orders) {
  const child = fork(side, [], { execArgv: ['--import', 'tsx'], serialization: 'advanced' });
  t.after(() => {
    child.kill('SIGKILL');
  });
  const clients = new Map<number, ClientAccount>();
  const servers = new Map<number, ServerAccount>();
  child.on('message', (report: Report) => {
    if ('client' in report) clients.set(report.client.id, report.client);
    if ('server' in report) servers.set(report.server.id, report.server);
  });
  child.send(orders);
  return { child, clients, servers };
}

function reported<Value>(child: ChildProcess, pick: (report: Report) => Value | undefined): Promise<Value> {
  return new Promise((resolve) => {
    const look = (report: Report) => {
      const value = pick(report);
      if (value === undefined) return;
      child.off('message', look);
      resolve(value);
    };
    child.on('message', look);
  });
}

/** Lets a side end by itself, which it can only if it has left nothing open. */
async function leftovers(child: ChildProcess): Promise<Leftovers> {
  const exited = once(child, 'exit');
  const left = reported(child, (report) => ('leftovers' in report ? report.leftovers : undefined));
  child.send('end');
  await exited;
  return left;
}

test(`${CALLS} random endings: no cancelled call looks complete, every status is right, nothing stays open`, async (t) => {
  const seed = Number(process.env.STRESS_SEED ?? Math.floor(Math.random() * 1e9));
  t.diagnostic(`STRESS_SEED=${seed}`);
  const plans = randomPlans(CALLS, seed);
  const server = startSide(t, { side: 'server', stack: 'ours' });
  const to = await reported(server.child, (report) => ('listening' in report ? report.listening : undefined));
  const front = await startServer(t, proxy, '--proto', stressProto, '--to', to);
  const client = startSide(t, {
    side: 'client',
    stack: 'ours',
    address: front.address,
    plans,
    concurrency: 24,
  });
  await reported(client.child, (report) => ('done' in report ? true : undefined));
  const untold = ({ id }: Plan) => !server.servers.has(id);
  for (let waited = 0; plans.some(untold) && waited < SETTLE; waited += 20) await delay(20);

  const left = [await leftovers(client.child), await leftovers(server.child)];
  for (const { openCalls, unhandledRejections, resources } of left) {
    assert.deepEqual(
      { openCalls, unhandledRejections, resources },
      { openCalls: 0, unhandledRejections: 0, resources: [] },
    );
  }

  const longestTurn = Math.max(...left.map((process) => process.longestTurn));
  const excused = (fault: string) => fault === 'overtaken' && longestTurn > OVERTAKING_LIMIT;
  const faulty = plans
    .map((plan) => ({ plan, client: client.clients.get(plan.id), server: server.servers.get(plan.id) }))
    .map((call) => ({
      ...call,
      faults: faultsOf(call.plan, call.client, call.server, undefined, { bound: finallyBound(longestTurn) }),
    }))
    .filter(({ faults }) => faults.some((fault) => !excused(fault)));
  for (const call of faulty.slice(0, 5)) t.diagnostic(JSON.stringify(call));
  assert.equal(faulty.length, 0);

  front.child.kill('SIGTERM');
  assert.equal(await front.exit, 0);
  assert.deepEqual(front.errors, []);
});
