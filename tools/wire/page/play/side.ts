// One side of a demo, as a process of its own. It waits for its orders, so that it can be started before they are known.
import { setTimeout as delay } from 'node:timers/promises';
import type { Stack } from 'stress/src/stack.ts';
import { grpcJs } from 'stress/src/stacks/grpc-js.ts';
import { niceGrpc } from 'stress/src/stacks/nice-grpc.ts';
import { ours } from 'stress/src/stacks/ours.ts';
import { accountOf } from './account.ts';
import { createBrake } from './brake.ts';
import { makeCall } from './call.ts';
import type { Choice, Library } from './choices.ts';
import { demoHandlers } from './handlers.ts';
import type { SideOrder, SideReport } from './reports.ts';

const stacks: Record<Library, Stack> = { ours, 'grpc-js': grpcJs, 'nice-grpc': niceGrpc };

/** For what the other side still does, and for the last frames, in milliseconds. */
const CLOSING = 150;
/** A call that a client has left goes on if its library does not cancel it. That is to be seen, in milliseconds. */
const LEFT = 700;

const send = (what: SideReport) => void process.send?.(what);

/** One call, as this side takes part in it. A report of a call that is over would confuse the next one. */
function takePart() {
  let over = false;
  const brake = createBrake(null);
  const report = (what: SideReport) => {
    if (!over) send(what);
  };
  return {
    account: accountOf(report),
    brake,
    report,
    close: async () => {},
    leave() {
      over = true;
      // A loop that has stopped would wait for ever.
      brake.set(null);
    },
  };
}

let part = takePart();

// A library that throws into nowhere is a finding, too.
process.on('unhandledRejection', (reason) => part.account.saw(`an unhandled rejection: ${reason}`));
process.on('disconnect', () => process.exit());

async function serve(choice: Choice): Promise<void> {
  const { account, brake, report } = part;
  const stack = stacks[choice.server];
  brake.set(choice.speed);
  const server = await stack.serve(demoHandlers(choice, stack, account, brake));
  part.close = server.close;
  report({ listening: server.address });
}

async function call(choice: Choice, address: string): Promise<void> {
  const { account, brake, report } = part;
  const stack = stacks[choice.client];
  brake.set(choice.speed);
  const { client, close } = stack.connect(address);
  part.close = async () => close();
  await makeCall(choice, stack, client, account, brake);
  await delay(choice.ending === 'leave' ? LEFT : CLOSING);
  close();
  await delay(CLOSING);
  report({ done: true });
}

async function obey(order: SideOrder): Promise<void> {
  if ('speed' in order) part.brake.set(order.speed);
  else if ('serve' in order) await serve(order.serve);
  else if ('call' in order) await call(order.call, order.address);
  else if ('shutDown' in order) {
    part.account.saw('the server shuts down');
    await part.close();
  } else {
    part.leave();
    await part.close();
    part = takePart();
    send({ ready: true });
  }
}

process.on('message', (order: SideOrder) => {
  obey(order).catch((error) => part.account.saw(`fails: ${error}`));
});
