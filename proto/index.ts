// Loads every .proto once and exports its services, typed by proto-loader-gen-types.
import { loadPackageDefinition } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { messageOptions, protoFiles, protoRoot } from './files.ts';
import type { ProtoGrpcType as BenchTypes } from './gen/bench.ts';
import type { ProtoGrpcType as BidirectionalStreamTypes } from './gen/bidirectional_stream.ts';
import type { ProtoGrpcType as ChatTypes } from './gen/chatserver.ts';
import type { ProtoGrpcType as ClientStreamTypes } from './gen/client_stream.ts';
import type { ProtoGrpcType as ErrorDetailsTypes } from './gen/error_details.ts';
import type { ProtoGrpcType as ExerciseTypes } from './gen/exercises.ts';
import type { ProtoGrpcType as FileTransferTypes } from './gen/file_transfer.ts';
import type { ProtoGrpcType as GreeteringTypes } from './gen/greetering.ts';
import type { ProtoGrpcType as HealthTypes } from './gen/health.ts';
import type { ProtoGrpcType as InteropTypes } from './gen/interop.ts';
import type { ProtoGrpcType as MessangerTypes } from './gen/messanger.ts';
import type { ProtoGrpcType as PricesTypes } from './gen/prices.ts';
import type { ProtoGrpcType as ProxyTypes } from './gen/proxy.ts';
import type { ProtoGrpcType as ReflectionTypes } from './gen/reflection.ts';
import type { ProtoGrpcType as ReflectionAlphaTypes } from './gen/reflection_v1alpha.ts';
import type { ProtoGrpcType as ServerStreamTypes } from './gen/server_stream.ts';
import type { ProtoGrpcType as StatusTypes } from './gen/status.ts';
import type { ProtoGrpcType as StressTypes } from './gen/stress.ts';
import type { ProtoGrpcType as WatchTypes } from './gen/watch.ts';
import type { ProtoGrpcType as WebsocketTypes } from './gen/websocket.ts';
import type { ProtoGrpcType as WorkQueueTypes } from './gen/work_queue.ts';

type Loaded = ServerStreamTypes &
  ClientStreamTypes &
  BidirectionalStreamTypes &
  PricesTypes &
  GreeteringTypes &
  StatusTypes &
  ErrorDetailsTypes &
  StressTypes &
  BenchTypes &
  InteropTypes &
  MessangerTypes &
  ProxyTypes &
  ChatTypes &
  WebsocketTypes &
  FileTransferTypes &
  ExerciseTypes &
  WatchTypes &
  WorkQueueTypes &
  HealthTypes &
  ReflectionTypes &
  ReflectionAlphaTypes;

// What is loaded at run time has the types that were generated from the same files: CI checks that.
const loaded = loadPackageDefinition(
  loadSync(protoFiles, { ...messageOptions, includeDirs: [protoRoot] }),
) as unknown as Loaded;

export const { ServerStream, ClientStream, BidirectionalStreamServer, Prices } = loaded.stream;
export const { Greetering } = loaded.proto;
export const { Stress } = loaded.stress;
export const { Bench } = loaded.bench;
/** The services of the exercises. */
export const exercises = loaded.exercises;
/** gRPC's interoperability tests. */
export const { TestService, UnimplementedService } = loaded.grpc.testing;
export const { Messanger } = loaded.messanger;
export const { MessangerProxy } = loaded.proxy;
export const { Echo } = loaded.echo;
export const { FileTransfer } = loaded.files;
export const { WorkQueue } = loaded.workqueue;
/** The chat: `/chatserver.Services/ChatService`. */
export const ChatServices = loaded.chatserver.Services;
/** The keys that can be watched: `/watch.Store/…`. */
export const { Store } = loaded.watch;
/** Whether services can be used: `/grpc.health.v1.Health/Check`. */
export const { Health } = loaded.grpc.health.v1;
/** What services there are. */
export const { ServerReflection } = loaded.grpc.reflection.v1;
/** The same under the older name, which many tools ask for. */
export const ServerReflectionAlpha = loaded.grpc.reflection.v1alpha.ServerReflection;
/** The messages of google.rpc: Status and the ten standard details. */
export const rpc = loaded.google.rpc;
