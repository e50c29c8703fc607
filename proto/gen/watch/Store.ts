// Original file: watch.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { DeleteRequest as _watch_DeleteRequest, DeleteRequest__Output as _watch_DeleteRequest__Output } from '../watch/DeleteRequest.ts';
import type { DeleteResponse as _watch_DeleteResponse, DeleteResponse__Output as _watch_DeleteResponse__Output } from '../watch/DeleteResponse.ts';
import type { GetRequest as _watch_GetRequest, GetRequest__Output as _watch_GetRequest__Output } from '../watch/GetRequest.ts';
import type { GetResponse as _watch_GetResponse, GetResponse__Output as _watch_GetResponse__Output } from '../watch/GetResponse.ts';
import type { ListRequest as _watch_ListRequest, ListRequest__Output as _watch_ListRequest__Output } from '../watch/ListRequest.ts';
import type { ListResponse as _watch_ListResponse, ListResponse__Output as _watch_ListResponse__Output } from '../watch/ListResponse.ts';
import type { PutRequest as _watch_PutRequest, PutRequest__Output as _watch_PutRequest__Output } from '../watch/PutRequest.ts';
import type { PutResponse as _watch_PutResponse, PutResponse__Output as _watch_PutResponse__Output } from '../watch/PutResponse.ts';
import type { WatchRequest as _watch_WatchRequest, WatchRequest__Output as _watch_WatchRequest__Output } from '../watch/WatchRequest.ts';
import type { WatchResponse as _watch_WatchResponse, WatchResponse__Output as _watch_WatchResponse__Output } from '../watch/WatchResponse.ts';

/**
 * A small store of keys. Every change can be watched. Each change gets a revision, a number that increases.
 * 
 * A revision belongs to one store, which `store_id` names. If a store is lost, the new store has another id, and its
 * revisions begin again.
 */
export interface StoreClient extends grpc.Client {
  /**
   * Deletes keys, all of them in one revision. Keys that do not exist are ignored. Errors are those of Put.
   */
  Delete(argument: _watch_DeleteRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_watch_DeleteResponse__Output>): grpc.ClientUnaryCall;
  Delete(argument: _watch_DeleteRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_watch_DeleteResponse__Output>): grpc.ClientUnaryCall;
  Delete(argument: _watch_DeleteRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_watch_DeleteResponse__Output>): grpc.ClientUnaryCall;
  Delete(argument: _watch_DeleteRequest, callback: grpc.requestCallback<_watch_DeleteResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Deletes keys, all of them in one revision. Keys that do not exist are ignored. Errors are those of Put.
   */
  delete(argument: _watch_DeleteRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_watch_DeleteResponse__Output>): grpc.ClientUnaryCall;
  delete(argument: _watch_DeleteRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_watch_DeleteResponse__Output>): grpc.ClientUnaryCall;
  delete(argument: _watch_DeleteRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_watch_DeleteResponse__Output>): grpc.ClientUnaryCall;
  delete(argument: _watch_DeleteRequest, callback: grpc.requestCallback<_watch_DeleteResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Reads one key. NOT_FOUND if the key does not exist.
   */
  Get(argument: _watch_GetRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_watch_GetResponse__Output>): grpc.ClientUnaryCall;
  Get(argument: _watch_GetRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_watch_GetResponse__Output>): grpc.ClientUnaryCall;
  Get(argument: _watch_GetRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_watch_GetResponse__Output>): grpc.ClientUnaryCall;
  Get(argument: _watch_GetRequest, callback: grpc.requestCallback<_watch_GetResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Reads one key. NOT_FOUND if the key does not exist.
   */
  get(argument: _watch_GetRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_watch_GetResponse__Output>): grpc.ClientUnaryCall;
  get(argument: _watch_GetRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_watch_GetResponse__Output>): grpc.ClientUnaryCall;
  get(argument: _watch_GetRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_watch_GetResponse__Output>): grpc.ClientUnaryCall;
  get(argument: _watch_GetRequest, callback: grpc.requestCallback<_watch_GetResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Reads all keys that start with a prefix, as they were at one revision, in the order of their revisions.
   * 
   * RESOURCE_EXHAUSTED for a client that reads too slowly.
   */
  List(argument: _watch_ListRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_watch_ListResponse__Output>;
  List(argument: _watch_ListRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_watch_ListResponse__Output>;
  /**
   * Reads all keys that start with a prefix, as they were at one revision, in the order of their revisions.
   * 
   * RESOURCE_EXHAUSTED for a client that reads too slowly.
   */
  list(argument: _watch_ListRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_watch_ListResponse__Output>;
  list(argument: _watch_ListRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_watch_ListResponse__Output>;
  
  /**
   * Puts keys, all of them in one revision. A call that fails with UNAVAILABLE may have changed the store or not.
   * 
   * INVALID_ARGUMENT for a bad key or value, RESOURCE_EXHAUSTED if the store is full, UNIMPLEMENTED for several keys in a
   * store that cannot change them in one revision.
   */
  Put(argument: _watch_PutRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_watch_PutResponse__Output>): grpc.ClientUnaryCall;
  Put(argument: _watch_PutRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_watch_PutResponse__Output>): grpc.ClientUnaryCall;
  Put(argument: _watch_PutRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_watch_PutResponse__Output>): grpc.ClientUnaryCall;
  Put(argument: _watch_PutRequest, callback: grpc.requestCallback<_watch_PutResponse__Output>): grpc.ClientUnaryCall;
  /**
   * Puts keys, all of them in one revision. A call that fails with UNAVAILABLE may have changed the store or not.
   * 
   * INVALID_ARGUMENT for a bad key or value, RESOURCE_EXHAUSTED if the store is full, UNIMPLEMENTED for several keys in a
   * store that cannot change them in one revision.
   */
  put(argument: _watch_PutRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_watch_PutResponse__Output>): grpc.ClientUnaryCall;
  put(argument: _watch_PutRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_watch_PutResponse__Output>): grpc.ClientUnaryCall;
  put(argument: _watch_PutRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_watch_PutResponse__Output>): grpc.ClientUnaryCall;
  put(argument: _watch_PutRequest, callback: grpc.requestCallback<_watch_PutResponse__Output>): grpc.ClientUnaryCall;
  
  /**
   * Sends every change to the keys that start with a prefix, and never ends by itself.
   * 
   * OUT_OF_RANGE if the watch cannot continue from `after_revision`; the client then begins again without it. The ErrorInfo
   * in the details has a `reason`: COMPACTED (the metadata has `oldest_revision`, the oldest `after_revision` that is
   * accepted), STORE_CHANGED (the revision is from another store), FUTURE_REVISION (the store has not reached it).
   * RESOURCE_EXHAUSTED for a client that reads too slowly. UNAVAILABLE when the server shuts down.
   */
  Watch(argument: _watch_WatchRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_watch_WatchResponse__Output>;
  Watch(argument: _watch_WatchRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_watch_WatchResponse__Output>;
  /**
   * Sends every change to the keys that start with a prefix, and never ends by itself.
   * 
   * OUT_OF_RANGE if the watch cannot continue from `after_revision`; the client then begins again without it. The ErrorInfo
   * in the details has a `reason`: COMPACTED (the metadata has `oldest_revision`, the oldest `after_revision` that is
   * accepted), STORE_CHANGED (the revision is from another store), FUTURE_REVISION (the store has not reached it).
   * RESOURCE_EXHAUSTED for a client that reads too slowly. UNAVAILABLE when the server shuts down.
   */
  watch(argument: _watch_WatchRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_watch_WatchResponse__Output>;
  watch(argument: _watch_WatchRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_watch_WatchResponse__Output>;
  
}

/**
 * A small store of keys. Every change can be watched. Each change gets a revision, a number that increases.
 * 
 * A revision belongs to one store, which `store_id` names. If a store is lost, the new store has another id, and its
 * revisions begin again.
 */
export interface StoreHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Deletes keys, all of them in one revision. Keys that do not exist are ignored. Errors are those of Put.
   */
  Delete: grpc.handleUnaryCall<_watch_DeleteRequest__Output, _watch_DeleteResponse>;
  
  /**
   * Reads one key. NOT_FOUND if the key does not exist.
   */
  Get: grpc.handleUnaryCall<_watch_GetRequest__Output, _watch_GetResponse>;
  
  /**
   * Reads all keys that start with a prefix, as they were at one revision, in the order of their revisions.
   * 
   * RESOURCE_EXHAUSTED for a client that reads too slowly.
   */
  List: grpc.handleServerStreamingCall<_watch_ListRequest__Output, _watch_ListResponse>;
  
  /**
   * Puts keys, all of them in one revision. A call that fails with UNAVAILABLE may have changed the store or not.
   * 
   * INVALID_ARGUMENT for a bad key or value, RESOURCE_EXHAUSTED if the store is full, UNIMPLEMENTED for several keys in a
   * store that cannot change them in one revision.
   */
  Put: grpc.handleUnaryCall<_watch_PutRequest__Output, _watch_PutResponse>;
  
  /**
   * Sends every change to the keys that start with a prefix, and never ends by itself.
   * 
   * OUT_OF_RANGE if the watch cannot continue from `after_revision`; the client then begins again without it. The ErrorInfo
   * in the details has a `reason`: COMPACTED (the metadata has `oldest_revision`, the oldest `after_revision` that is
   * accepted), STORE_CHANGED (the revision is from another store), FUTURE_REVISION (the store has not reached it).
   * RESOURCE_EXHAUSTED for a client that reads too slowly. UNAVAILABLE when the server shuts down.
   */
  Watch: grpc.handleServerStreamingCall<_watch_WatchRequest__Output, _watch_WatchResponse>;
  
}

export interface StoreDefinition extends grpc.ServiceDefinition {
  Delete: MethodDefinition<_watch_DeleteRequest, _watch_DeleteResponse, _watch_DeleteRequest__Output, _watch_DeleteResponse__Output>
  Get: MethodDefinition<_watch_GetRequest, _watch_GetResponse, _watch_GetRequest__Output, _watch_GetResponse__Output>
  List: MethodDefinition<_watch_ListRequest, _watch_ListResponse, _watch_ListRequest__Output, _watch_ListResponse__Output>
  Put: MethodDefinition<_watch_PutRequest, _watch_PutResponse, _watch_PutRequest__Output, _watch_PutResponse__Output>
  Watch: MethodDefinition<_watch_WatchRequest, _watch_WatchResponse, _watch_WatchRequest__Output, _watch_WatchResponse__Output>
}
