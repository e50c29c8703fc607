// One of the three programs as a process, for the tests that have to kill it: `server`, `proxy FORM ADDRESS` or
// `client FORM ADDRESS CALL`. It sends its address to its parent.
import { defineService, serve } from 'grpc-iterables';
import { Messanger } from 'proto';
import type { MessangerHandlers } from 'proto/gen/messanger/Messanger';
import { type CallName, callNames, calls } from './calls.ts';
import { connect } from './programs.ts';
import { type Form, forms, plainHandlers } from './proxied.ts';
import { endlessRequests, stallingHandlers } from './stalling.ts';

const [side, ...args] = process.argv.slice(2);
const [form, address = ''] = args as [Form, string];

async function listen(service: Parameters<typeof serve>[0][number]): Promise<void> {
  const server = await serve([service], { port: Number(process.env.PORT ?? 0), handleSignals: true });
  process.send?.(server.address);
}

if (side === 'server') {
  const stalled = stallingHandlers();
  const handlers = process.env.PLAIN ? plainHandlers : stalled.handlers;
  await listen(defineService<MessangerHandlers>(Messanger.service, handlers));
  await stalled.reached;
  process.send?.('reached');
}
if (side === 'proxy') await listen(forms[form](address).service);
if (side === 'client') {
  const client = connect({ after() {} }, address, forms[form](address).ClientClass);
  const name = callNames.find((callName): callName is CallName => callName === args[2]);
  if (name) await calls[name](client, endlessRequests().requests);
}
