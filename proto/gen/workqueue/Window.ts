// Original file: work_queue.proto


/**
 * How many jobs a worker can hold at a time.
 */
export interface Window {
  /**
   * The number of jobs, 0 to 10,000. With 0 the server sends none.
   */
  'jobs'?: (number);
  /**
   * How long a lease lasts without `extend`, in milliseconds, from 100 to 600,000. 0 means the default of the server.
   * It is valid for jobs that the server sends after this message.
   */
  'leaseMs'?: (number);
  /**
   * The name of the worker in Stats and in the reasons of dead letters. At most 100 bytes. If it is empty, the server
   * uses the worker's address.
   */
  'worker'?: (string);
}

/**
 * How many jobs a worker can hold at a time.
 */
export interface Window__Output {
  /**
   * The number of jobs, 0 to 10,000. With 0 the server sends none.
   */
  'jobs': (number);
  /**
   * How long a lease lasts without `extend`, in milliseconds, from 100 to 600,000. 0 means the default of the server.
   * It is valid for jobs that the server sends after this message.
   */
  'leaseMs': (number);
  /**
   * The name of the worker in Stats and in the reasons of dead letters. At most 100 bytes. If it is empty, the server
   * uses the worker's address.
   */
  'worker': (string);
}
