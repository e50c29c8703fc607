export { type CallOptions, iterableClient, streamingChannelOptions } from './client.ts';
export { type ClientClass, type ConnectedClient, type ConnectOptions, connect } from './connect.ts';
export { pipelineWrites } from './pipeline-writes.ts';
export type { Messages } from './send-messages.ts';
export { type RunningServer, type ServeOptions, serve, serverLimits } from './serve.ts';
export type { ServerContext, ServerLife } from './server-context.ts';
export { defineService, type OnError, type Service } from './service.ts';
export { StatusError } from './status-error.ts';
export type { IterableClient, IterableHandler, IterableHandlers, IterableMethod } from './types.ts';
