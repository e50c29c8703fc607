import type { Stack } from './stack.ts';
import { byHand } from './stacks/by-hand.ts';
import { connect } from './stacks/connect.ts';
import { grpcJs } from './stacks/grpc-js.ts';
import { niceGrpc, niceGrpcOnHttp2Channel } from './stacks/nice-grpc.ts';
import { ours, oursWithMiddleware } from './stacks/ours.ts';
import { rawHttp2 } from './stacks/raw-http2.ts';

/** All libraries by name, in the order of the table. */
export const stacks = {
  ours,
  'ours with middleware': oursWithMiddleware,
  'grpc-js': grpcJs,
  'nice-grpc': niceGrpc,
  'nice-grpc on our channel': niceGrpcOnHttp2Channel,
  connect,
  'by hand': byHand,
  'raw http2': rawHttp2,
} satisfies Record<string, Stack>;

export type StackName = keyof typeof stacks;
export const stackNames = Object.keys(stacks) as StackName[];
