import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { Change as _watch_Change, Change__Output as _watch_Change__Output } from './watch/Change.ts';
import type { DeleteRequest as _watch_DeleteRequest, DeleteRequest__Output as _watch_DeleteRequest__Output } from './watch/DeleteRequest.ts';
import type { DeleteResponse as _watch_DeleteResponse, DeleteResponse__Output as _watch_DeleteResponse__Output } from './watch/DeleteResponse.ts';
import type { Entry as _watch_Entry, Entry__Output as _watch_Entry__Output } from './watch/Entry.ts';
import type { GetRequest as _watch_GetRequest, GetRequest__Output as _watch_GetRequest__Output } from './watch/GetRequest.ts';
import type { GetResponse as _watch_GetResponse, GetResponse__Output as _watch_GetResponse__Output } from './watch/GetResponse.ts';
import type { ListRequest as _watch_ListRequest, ListRequest__Output as _watch_ListRequest__Output } from './watch/ListRequest.ts';
import type { ListResponse as _watch_ListResponse, ListResponse__Output as _watch_ListResponse__Output } from './watch/ListResponse.ts';
import type { PutRequest as _watch_PutRequest, PutRequest__Output as _watch_PutRequest__Output } from './watch/PutRequest.ts';
import type { PutResponse as _watch_PutResponse, PutResponse__Output as _watch_PutResponse__Output } from './watch/PutResponse.ts';
import type { StoreClient as _watch_StoreClient, StoreDefinition as _watch_StoreDefinition } from './watch/Store.ts';
import type { WatchRequest as _watch_WatchRequest, WatchRequest__Output as _watch_WatchRequest__Output } from './watch/WatchRequest.ts';
import type { WatchResponse as _watch_WatchResponse, WatchResponse__Output as _watch_WatchResponse__Output } from './watch/WatchResponse.ts';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  watch: {
    Change: MessageTypeDefinition<_watch_Change, _watch_Change__Output>
    DeleteRequest: MessageTypeDefinition<_watch_DeleteRequest, _watch_DeleteRequest__Output>
    DeleteResponse: MessageTypeDefinition<_watch_DeleteResponse, _watch_DeleteResponse__Output>
    Entry: MessageTypeDefinition<_watch_Entry, _watch_Entry__Output>
    GetRequest: MessageTypeDefinition<_watch_GetRequest, _watch_GetRequest__Output>
    GetResponse: MessageTypeDefinition<_watch_GetResponse, _watch_GetResponse__Output>
    ListRequest: MessageTypeDefinition<_watch_ListRequest, _watch_ListRequest__Output>
    ListResponse: MessageTypeDefinition<_watch_ListResponse, _watch_ListResponse__Output>
    PutRequest: MessageTypeDefinition<_watch_PutRequest, _watch_PutRequest__Output>
    PutResponse: MessageTypeDefinition<_watch_PutResponse, _watch_PutResponse__Output>
    /**
     * A small store of keys. Every change can be watched. Each change gets a revision, a number that increases.
     * 
     * A revision belongs to one store, which `store_id` names. If a store is lost, the new store has another id, and its
     * revisions begin again.
     */
    Store: SubtypeConstructor<typeof grpc.Client, _watch_StoreClient> & { service: _watch_StoreDefinition }
    WatchRequest: MessageTypeDefinition<_watch_WatchRequest, _watch_WatchRequest__Output>
    WatchResponse: MessageTypeDefinition<_watch_WatchResponse, _watch_WatchResponse__Output>
    WhenSlow: EnumTypeDefinition
  }
}

