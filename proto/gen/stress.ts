import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { Message as _stress_Message, Message__Output as _stress_Message__Output } from './stress/Message.ts';
import type { StressClient as _stress_StressClient, StressDefinition as _stress_StressDefinition } from './stress/Stress.ts';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  stress: {
    Message: MessageTypeDefinition<_stress_Message, _stress_Message__Output>
    /**
     * One method of each kind, for the harness that attacks them: what to do is in the first request.
     */
    Stress: SubtypeConstructor<typeof grpc.Client, _stress_StressClient> & { service: _stress_StressDefinition }
  }
}

