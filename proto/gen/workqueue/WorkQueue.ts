// Original file: work_queue.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { Added as _workqueue_Added, Added__Output as _workqueue_Added__Output } from '../workqueue/Added.ts';
import type { DeadLetter as _workqueue_DeadLetter, DeadLetter__Output as _workqueue_DeadLetter__Output } from '../workqueue/DeadLetter.ts';
import type { DeadLetterCount as _workqueue_DeadLetterCount, DeadLetterCount__Output as _workqueue_DeadLetterCount__Output } from '../workqueue/DeadLetterCount.ts';
import type { DeadLetterIds as _workqueue_DeadLetterIds, DeadLetterIds__Output as _workqueue_DeadLetterIds__Output } from '../workqueue/DeadLetterIds.ts';
import type { DeadLettersRequest as _workqueue_DeadLettersRequest, DeadLettersRequest__Output as _workqueue_DeadLettersRequest__Output } from '../workqueue/DeadLettersRequest.ts';
import type { FromWorker as _workqueue_FromWorker, FromWorker__Output as _workqueue_FromWorker__Output } from '../workqueue/FromWorker.ts';
import type { NewJob as _workqueue_NewJob, NewJob__Output as _workqueue_NewJob__Output } from '../workqueue/NewJob.ts';
import type { QueueStats as _workqueue_QueueStats, QueueStats__Output as _workqueue_QueueStats__Output } from '../workqueue/QueueStats.ts';
import type { StatsRequest as _workqueue_StatsRequest, StatsRequest__Output as _workqueue_StatsRequest__Output } from '../workqueue/StatsRequest.ts';
import type { ToWorker as _workqueue_ToWorker, ToWorker__Output as _workqueue_ToWorker__Output } from '../workqueue/ToWorker.ts';

/**
 * A queue of jobs. A job goes to one worker at a time, until a worker has acknowledged it. A job may be done more than
 * once: a worker can be lost after its work and before its acknowledgement.
 */
export interface WorkQueueClient extends grpc.Client {
  /**
   * Adds jobs. The response comes after the half-close, when all jobs are in the queue.
   * 
   * A call that fails may have added some of its jobs. Repeat it with the same ids: a job whose id was added in the last
   * two minutes is not added again.
   * 
   * INVALID_ARGUMENT for a job that breaks a limit, RESOURCE_EXHAUSTED (with RetryInfo) if the queue is full.
   */
  Add(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_workqueue_Added__Output>): grpc.ClientWritableStream<_workqueue_NewJob>;
  Add(metadata: grpc.Metadata, callback: grpc.requestCallback<_workqueue_Added__Output>): grpc.ClientWritableStream<_workqueue_NewJob>;
  Add(options: grpc.CallOptions, callback: grpc.requestCallback<_workqueue_Added__Output>): grpc.ClientWritableStream<_workqueue_NewJob>;
  Add(callback: grpc.requestCallback<_workqueue_Added__Output>): grpc.ClientWritableStream<_workqueue_NewJob>;
  /**
   * Adds jobs. The response comes after the half-close, when all jobs are in the queue.
   * 
   * A call that fails may have added some of its jobs. Repeat it with the same ids: a job whose id was added in the last
   * two minutes is not added again.
   * 
   * INVALID_ARGUMENT for a job that breaks a limit, RESOURCE_EXHAUSTED (with RetryInfo) if the queue is full.
   */
  add(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_workqueue_Added__Output>): grpc.ClientWritableStream<_workqueue_NewJob>;
  add(metadata: grpc.Metadata, callback: grpc.requestCallback<_workqueue_Added__Output>): grpc.ClientWritableStream<_workqueue_NewJob>;
  add(options: grpc.CallOptions, callback: grpc.requestCallback<_workqueue_Added__Output>): grpc.ClientWritableStream<_workqueue_NewJob>;
  add(callback: grpc.requestCallback<_workqueue_Added__Output>): grpc.ClientWritableStream<_workqueue_NewJob>;
  
  /**
   * Every dead letter, the oldest first.
   */
  DeadLetters(argument: _workqueue_DeadLettersRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_workqueue_DeadLetter__Output>;
  DeadLetters(argument: _workqueue_DeadLettersRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_workqueue_DeadLetter__Output>;
  /**
   * Every dead letter, the oldest first.
   */
  deadLetters(argument: _workqueue_DeadLettersRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_workqueue_DeadLetter__Output>;
  deadLetters(argument: _workqueue_DeadLettersRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_workqueue_DeadLetter__Output>;
  
  /**
   * Removes dead letters for good.
   */
  Discard(argument: _workqueue_DeadLetterIds, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_workqueue_DeadLetterCount__Output>): grpc.ClientUnaryCall;
  Discard(argument: _workqueue_DeadLetterIds, metadata: grpc.Metadata, callback: grpc.requestCallback<_workqueue_DeadLetterCount__Output>): grpc.ClientUnaryCall;
  Discard(argument: _workqueue_DeadLetterIds, options: grpc.CallOptions, callback: grpc.requestCallback<_workqueue_DeadLetterCount__Output>): grpc.ClientUnaryCall;
  Discard(argument: _workqueue_DeadLetterIds, callback: grpc.requestCallback<_workqueue_DeadLetterCount__Output>): grpc.ClientUnaryCall;
  /**
   * Removes dead letters for good.
   */
  discard(argument: _workqueue_DeadLetterIds, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_workqueue_DeadLetterCount__Output>): grpc.ClientUnaryCall;
  discard(argument: _workqueue_DeadLetterIds, metadata: grpc.Metadata, callback: grpc.requestCallback<_workqueue_DeadLetterCount__Output>): grpc.ClientUnaryCall;
  discard(argument: _workqueue_DeadLetterIds, options: grpc.CallOptions, callback: grpc.requestCallback<_workqueue_DeadLetterCount__Output>): grpc.ClientUnaryCall;
  discard(argument: _workqueue_DeadLetterIds, callback: grpc.requestCallback<_workqueue_DeadLetterCount__Output>): grpc.ClientUnaryCall;
  
  /**
   * Puts dead letters back into the queue. Their attempts are counted from the beginning again.
   */
  Retry(argument: _workqueue_DeadLetterIds, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_workqueue_DeadLetterCount__Output>): grpc.ClientUnaryCall;
  Retry(argument: _workqueue_DeadLetterIds, metadata: grpc.Metadata, callback: grpc.requestCallback<_workqueue_DeadLetterCount__Output>): grpc.ClientUnaryCall;
  Retry(argument: _workqueue_DeadLetterIds, options: grpc.CallOptions, callback: grpc.requestCallback<_workqueue_DeadLetterCount__Output>): grpc.ClientUnaryCall;
  Retry(argument: _workqueue_DeadLetterIds, callback: grpc.requestCallback<_workqueue_DeadLetterCount__Output>): grpc.ClientUnaryCall;
  /**
   * Puts dead letters back into the queue. Their attempts are counted from the beginning again.
   */
  retry(argument: _workqueue_DeadLetterIds, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_workqueue_DeadLetterCount__Output>): grpc.ClientUnaryCall;
  retry(argument: _workqueue_DeadLetterIds, metadata: grpc.Metadata, callback: grpc.requestCallback<_workqueue_DeadLetterCount__Output>): grpc.ClientUnaryCall;
  retry(argument: _workqueue_DeadLetterIds, options: grpc.CallOptions, callback: grpc.requestCallback<_workqueue_DeadLetterCount__Output>): grpc.ClientUnaryCall;
  retry(argument: _workqueue_DeadLetterIds, callback: grpc.requestCallback<_workqueue_DeadLetterCount__Output>): grpc.ClientUnaryCall;
  
  /**
   * How many jobs are in the queue at the moment.
   */
  Stats(argument: _workqueue_StatsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_workqueue_QueueStats__Output>): grpc.ClientUnaryCall;
  Stats(argument: _workqueue_StatsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_workqueue_QueueStats__Output>): grpc.ClientUnaryCall;
  Stats(argument: _workqueue_StatsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_workqueue_QueueStats__Output>): grpc.ClientUnaryCall;
  Stats(argument: _workqueue_StatsRequest, callback: grpc.requestCallback<_workqueue_QueueStats__Output>): grpc.ClientUnaryCall;
  /**
   * How many jobs are in the queue at the moment.
   */
  stats(argument: _workqueue_StatsRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_workqueue_QueueStats__Output>): grpc.ClientUnaryCall;
  stats(argument: _workqueue_StatsRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_workqueue_QueueStats__Output>): grpc.ClientUnaryCall;
  stats(argument: _workqueue_StatsRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_workqueue_QueueStats__Output>): grpc.ClientUnaryCall;
  stats(argument: _workqueue_StatsRequest, callback: grpc.requestCallback<_workqueue_QueueStats__Output>): grpc.ClientUnaryCall;
  
  /**
   * Sends jobs to a worker. The worker's first message opens a window. The server then sends jobs, and never more than the
   * window allows. Each job has a lease. The worker answers each lease once, with `ack` or `nack`, in the same call.
   * 
   * A job goes to another worker when its lease ends without an answer, or when this call ends. After the worker's
   * half-close, the server stores all acknowledgements and ends the call with OK.
   * 
   * INVALID_ARGUMENT for an answer to a lease that is not open. When the server shuts down, it sends a window of 0 jobs,
   * waits for the open leases, and ends the call with UNAVAILABLE.
   */
  Work(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_workqueue_FromWorker, _workqueue_ToWorker__Output>;
  Work(options?: grpc.CallOptions): grpc.ClientDuplexStream<_workqueue_FromWorker, _workqueue_ToWorker__Output>;
  /**
   * Sends jobs to a worker. The worker's first message opens a window. The server then sends jobs, and never more than the
   * window allows. Each job has a lease. The worker answers each lease once, with `ack` or `nack`, in the same call.
   * 
   * A job goes to another worker when its lease ends without an answer, or when this call ends. After the worker's
   * half-close, the server stores all acknowledgements and ends the call with OK.
   * 
   * INVALID_ARGUMENT for an answer to a lease that is not open. When the server shuts down, it sends a window of 0 jobs,
   * waits for the open leases, and ends the call with UNAVAILABLE.
   */
  work(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_workqueue_FromWorker, _workqueue_ToWorker__Output>;
  work(options?: grpc.CallOptions): grpc.ClientDuplexStream<_workqueue_FromWorker, _workqueue_ToWorker__Output>;
  
}

/**
 * A queue of jobs. A job goes to one worker at a time, until a worker has acknowledged it. A job may be done more than
 * once: a worker can be lost after its work and before its acknowledgement.
 */
export interface WorkQueueHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Adds jobs. The response comes after the half-close, when all jobs are in the queue.
   * 
   * A call that fails may have added some of its jobs. Repeat it with the same ids: a job whose id was added in the last
   * two minutes is not added again.
   * 
   * INVALID_ARGUMENT for a job that breaks a limit, RESOURCE_EXHAUSTED (with RetryInfo) if the queue is full.
   */
  Add: grpc.handleClientStreamingCall<_workqueue_NewJob__Output, _workqueue_Added>;
  
  /**
   * Every dead letter, the oldest first.
   */
  DeadLetters: grpc.handleServerStreamingCall<_workqueue_DeadLettersRequest__Output, _workqueue_DeadLetter>;
  
  /**
   * Removes dead letters for good.
   */
  Discard: grpc.handleUnaryCall<_workqueue_DeadLetterIds__Output, _workqueue_DeadLetterCount>;
  
  /**
   * Puts dead letters back into the queue. Their attempts are counted from the beginning again.
   */
  Retry: grpc.handleUnaryCall<_workqueue_DeadLetterIds__Output, _workqueue_DeadLetterCount>;
  
  /**
   * How many jobs are in the queue at the moment.
   */
  Stats: grpc.handleUnaryCall<_workqueue_StatsRequest__Output, _workqueue_QueueStats>;
  
  /**
   * Sends jobs to a worker. The worker's first message opens a window. The server then sends jobs, and never more than the
   * window allows. Each job has a lease. The worker answers each lease once, with `ack` or `nack`, in the same call.
   * 
   * A job goes to another worker when its lease ends without an answer, or when this call ends. After the worker's
   * half-close, the server stores all acknowledgements and ends the call with OK.
   * 
   * INVALID_ARGUMENT for an answer to a lease that is not open. When the server shuts down, it sends a window of 0 jobs,
   * waits for the open leases, and ends the call with UNAVAILABLE.
   */
  Work: grpc.handleBidiStreamingCall<_workqueue_FromWorker__Output, _workqueue_ToWorker>;
  
}

export interface WorkQueueDefinition extends grpc.ServiceDefinition {
  Add: MethodDefinition<_workqueue_NewJob, _workqueue_Added, _workqueue_NewJob__Output, _workqueue_Added__Output>
  DeadLetters: MethodDefinition<_workqueue_DeadLettersRequest, _workqueue_DeadLetter, _workqueue_DeadLettersRequest__Output, _workqueue_DeadLetter__Output>
  Discard: MethodDefinition<_workqueue_DeadLetterIds, _workqueue_DeadLetterCount, _workqueue_DeadLetterIds__Output, _workqueue_DeadLetterCount__Output>
  Retry: MethodDefinition<_workqueue_DeadLetterIds, _workqueue_DeadLetterCount, _workqueue_DeadLetterIds__Output, _workqueue_DeadLetterCount__Output>
  Stats: MethodDefinition<_workqueue_StatsRequest, _workqueue_QueueStats, _workqueue_StatsRequest__Output, _workqueue_QueueStats__Output>
  Work: MethodDefinition<_workqueue_FromWorker, _workqueue_ToWorker, _workqueue_FromWorker__Output, _workqueue_ToWorker__Output>
}
