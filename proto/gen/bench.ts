import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { BenchClient as _bench_BenchClient, BenchDefinition as _bench_BenchDefinition } from './bench/Bench.ts';
import type { Item as _bench_Item, Item__Output as _bench_Item__Output } from './bench/Item.ts';
import type { Order as _bench_Order, Order__Output as _bench_Order__Output } from './bench/Order.ts';
import type { Packed as _bench_Packed, Packed__Output as _bench_Packed__Output } from './bench/Packed.ts';
import type { Sum as _bench_Sum, Sum__Output as _bench_Sum__Output } from './bench/Sum.ts';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  bench: {
    /**
     * One method of each kind, for measuring what a message costs.
     */
    Bench: SubtypeConstructor<typeof grpc.Client, _bench_BenchClient> & { service: _bench_BenchDefinition }
    Item: MessageTypeDefinition<_bench_Item, _bench_Item__Output>
    Order: MessageTypeDefinition<_bench_Order, _bench_Order__Output>
    Packed: MessageTypeDefinition<_bench_Packed, _bench_Packed__Output>
    Sum: MessageTypeDefinition<_bench_Sum, _bench_Sum__Output>
  }
}

