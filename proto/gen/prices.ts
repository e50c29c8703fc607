import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { Choice as _stream_Choice, Choice__Output as _stream_Choice__Output } from './stream/Choice.ts';
import type { Price as _stream_Price, Price__Output as _stream_Price__Output } from './stream/Price.ts';
import type { PricesClient as _stream_PricesClient, PricesDefinition as _stream_PricesDefinition } from './stream/Prices.ts';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  stream: {
    Choice: MessageTypeDefinition<_stream_Choice, _stream_Choice__Output>
    Price: MessageTypeDefinition<_stream_Price, _stream_Price__Output>
    /**
     * Bidirectional streaming in which the two directions do not wait for each other.
     */
    Prices: SubtypeConstructor<typeof grpc.Client, _stream_PricesClient> & { service: _stream_PricesDefinition }
  }
}

