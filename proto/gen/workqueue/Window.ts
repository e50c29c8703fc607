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
   * How long a lease lasts without `extend`, in milliseconds: 100 to 600,000; 0 means the default of the server.
   * It is valid for jobs that are sent later.
   */
  'leaseMs'?: (number);
  /**
   * A name for Stats and for the reasons of dead letters; empty means the worker's address. At most 100 bytes.
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
   * How long a lease lasts without `extend`, in milliseconds: 100 to 600,000; 0 means the default of the server.
   * It is valid for jobs that are sent later.
   */
  'leaseMs': (number);
  /**
   * A name for Stats and for the reasons of dead letters; empty means the worker's address. At most 100 bytes.
   */
  'worker': (string);
}
