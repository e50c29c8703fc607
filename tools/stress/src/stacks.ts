import type { Stack } from './stack.ts';
import { connect } from './stacks/connect.ts';
import { grpcJs } from './stacks/grpc-js.ts';
import { niceGrpc } from './stacks/nice-grpc.ts';
import { ours } from './stacks/ours.ts';

const stacks: Record<string, Stack> = { ours, 'grpc-js': grpcJs, 'nice-grpc': niceGrpc, connect };

export const stackNames = Object.keys(stacks);

/** @throws Error with the names of all libraries */
export function stackNamed(name: string): Stack {
  const stack = stacks[name];
  if (!stack) throw new Error(`there is no library "${name}"; the libraries are ${stackNames.join(', ')}`);
  return stack;
}
