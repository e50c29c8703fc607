import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { Ack as _workqueue_Ack, Ack__Output as _workqueue_Ack__Output } from './workqueue/Ack.ts';
import type { Added as _workqueue_Added, Added__Output as _workqueue_Added__Output } from './workqueue/Added.ts';
import type { DeadLetter as _workqueue_DeadLetter, DeadLetter__Output as _workqueue_DeadLetter__Output } from './workqueue/DeadLetter.ts';
import type { DeadLetterCount as _workqueue_DeadLetterCount, DeadLetterCount__Output as _workqueue_DeadLetterCount__Output } from './workqueue/DeadLetterCount.ts';
import type { DeadLetterIds as _workqueue_DeadLetterIds, DeadLetterIds__Output as _workqueue_DeadLetterIds__Output } from './workqueue/DeadLetterIds.ts';
import type { DeadLettersRequest as _workqueue_DeadLettersRequest, DeadLettersRequest__Output as _workqueue_DeadLettersRequest__Output } from './workqueue/DeadLettersRequest.ts';
import type { Extend as _workqueue_Extend, Extend__Output as _workqueue_Extend__Output } from './workqueue/Extend.ts';
import type { FromWorker as _workqueue_FromWorker, FromWorker__Output as _workqueue_FromWorker__Output } from './workqueue/FromWorker.ts';
import type { Job as _workqueue_Job, Job__Output as _workqueue_Job__Output } from './workqueue/Job.ts';
import type { Lapsed as _workqueue_Lapsed, Lapsed__Output as _workqueue_Lapsed__Output } from './workqueue/Lapsed.ts';
import type { Nack as _workqueue_Nack, Nack__Output as _workqueue_Nack__Output } from './workqueue/Nack.ts';
import type { NewJob as _workqueue_NewJob, NewJob__Output as _workqueue_NewJob__Output } from './workqueue/NewJob.ts';
import type { QueueStats as _workqueue_QueueStats, QueueStats__Output as _workqueue_QueueStats__Output } from './workqueue/QueueStats.ts';
import type { StatsRequest as _workqueue_StatsRequest, StatsRequest__Output as _workqueue_StatsRequest__Output } from './workqueue/StatsRequest.ts';
import type { ToWorker as _workqueue_ToWorker, ToWorker__Output as _workqueue_ToWorker__Output } from './workqueue/ToWorker.ts';
import type { Window as _workqueue_Window, Window__Output as _workqueue_Window__Output } from './workqueue/Window.ts';
import type { WorkQueueClient as _workqueue_WorkQueueClient, WorkQueueDefinition as _workqueue_WorkQueueDefinition } from './workqueue/WorkQueue.ts';
import type { WorkerStats as _workqueue_WorkerStats, WorkerStats__Output as _workqueue_WorkerStats__Output } from './workqueue/WorkerStats.ts';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  workqueue: {
    Ack: MessageTypeDefinition<_workqueue_Ack, _workqueue_Ack__Output>
    Added: MessageTypeDefinition<_workqueue_Added, _workqueue_Added__Output>
    DeadLetter: MessageTypeDefinition<_workqueue_DeadLetter, _workqueue_DeadLetter__Output>
    DeadLetterCount: MessageTypeDefinition<_workqueue_DeadLetterCount, _workqueue_DeadLetterCount__Output>
    DeadLetterIds: MessageTypeDefinition<_workqueue_DeadLetterIds, _workqueue_DeadLetterIds__Output>
    DeadLettersRequest: MessageTypeDefinition<_workqueue_DeadLettersRequest, _workqueue_DeadLettersRequest__Output>
    Extend: MessageTypeDefinition<_workqueue_Extend, _workqueue_Extend__Output>
    FromWorker: MessageTypeDefinition<_workqueue_FromWorker, _workqueue_FromWorker__Output>
    Job: MessageTypeDefinition<_workqueue_Job, _workqueue_Job__Output>
    Lapsed: MessageTypeDefinition<_workqueue_Lapsed, _workqueue_Lapsed__Output>
    Nack: MessageTypeDefinition<_workqueue_Nack, _workqueue_Nack__Output>
    NewJob: MessageTypeDefinition<_workqueue_NewJob, _workqueue_NewJob__Output>
    QueueStats: MessageTypeDefinition<_workqueue_QueueStats, _workqueue_QueueStats__Output>
    StatsRequest: MessageTypeDefinition<_workqueue_StatsRequest, _workqueue_StatsRequest__Output>
    ToWorker: MessageTypeDefinition<_workqueue_ToWorker, _workqueue_ToWorker__Output>
    Window: MessageTypeDefinition<_workqueue_Window, _workqueue_Window__Output>
    /**
     * A queue of jobs. A job goes to one worker at a time, until a worker has acknowledged it. A job may be done more than
     * once: a worker can be lost after its work and before its acknowledgement.
     */
    WorkQueue: SubtypeConstructor<typeof grpc.Client, _workqueue_WorkQueueClient> & { service: _workqueue_WorkQueueDefinition }
    WorkerStats: MessageTypeDefinition<_workqueue_WorkerStats, _workqueue_WorkerStats__Output>
  }
}

