import type { Stack } from './stack.ts';
import { ours } from './stacks/ours.ts';

const stacks: Record<string, Stack> = { ours };

export const stackNames = Object.keys(stacks);

/** @throws Error that names those there are */
export function stackNamed(name: string): Stack {
  const stack = stacks[name];
  if (!stack) throw new Error(`no library "${name}"; there are: ${stackNames.join(', ')}`);
  return stack;
}
