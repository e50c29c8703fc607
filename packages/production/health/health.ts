import { status } from '@grpc/grpc-js';
import { defineService, type Service, StatusError } from 'grpc-iterables';
import { Health } from 'proto';
import type { HealthHandlers } from 'proto/gen/grpc/health/v1/Health';

export type ServingStatus = 'SERVING' | 'NOT_SERVING';

/** The health of a server's services. */
export interface ServerHealth {
  /** To be served beside the others. */
  readonly service: Service;
  /**
   * Sets the status of a service. Streams of Watch send it at once. The empty name stands for the server as a whole.
   * A new name becomes known. After `stop`, this does nothing.
   */
  set(name: string, status: ServingStatus): void;
  /** All services become NOT_SERVING and stay so. Streams of Watch send this and end. */
  stop(): void;
}

/** How many streams of Watch may be open; each takes some 30 KiB. */
const MOST_WATCHERS = 10_000;
/** In characters. A stream of Watch keeps the name, and an error of Check contains it. So long names would fill the memory. */
const LONGEST_NAME = 1000;

/**
 * The standard health service, `grpc.health.v1`. All services, and the server as a whole, start as SERVING.
 *
 * @example
 * const health = healthOf([orders, prices]);
 * const server = await serve([orders, prices, health.service]);
 * health.set('shop.Orders', 'NOT_SERVING');
 */
export function healthOf(services: Service[], mostWatchers = MOST_WATCHERS): ServerHealth {
  const statuses = new Map<string, ServingStatus>([['', 'SERVING']]);
  for (const name of services.flatMap(namesOf)) statuses.set(name, 'SERVING');
  const waiting = new Set<() => void>();
  let watchers = 0;
  let stopped = false;

  function announce(): void {
    for (const wake of waiting) wake();
  }
  /** Resolves at the next change of any service, or when `signal` is aborted. */
  function change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      waiting.add(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }

  const service = defineService<HealthHandlers>(Health.service, {
    Check({ service: name }) {
      checkLength(name);
      const known = statuses.get(name);
      if (known === undefined) throw new StatusError(status.NOT_FOUND, `no service "${name}" is known here`);
      return { status: known };
    },
    List: () => ({
      statuses: Object.fromEntries([...statuses].map(([name, known]) => [name, { status: known }])),
    }),
    // #region watch
    async *Watch({ service: name }, { signal }) {
      if (watchers >= mostWatchers) {
        throw new StatusError(status.RESOURCE_EXHAUSTED, `${mostWatchers} streams of Watch are already open`);
      }
      checkLength(name);
      watchers++;
      try {
        let said: string | undefined;
        while (!signal.aborted) {
          const known = statuses.get(name) ?? 'SERVICE_UNKNOWN';
          // A client that reads slowly gets the latest status, not all that were in between.
          if (known !== said) yield { status: known };
          else if (stopped) return;
          else await change(signal);
          said = known;
        }
      } finally {
        watchers--;
      }
    },
    // #endregion watch
  });

  return {
    service,
    set(name, known) {
      if (stopped || statuses.get(name) === known) return;
      statuses.set(name, known);
      announce();
    },
    stop() {
      for (const name of statuses.keys()) statuses.set(name, 'NOT_SERVING');
      stopped = true;
      announce();
    },
  };
}

function checkLength({ length }: string): void {
  if (length <= LONGEST_NAME) return;
  throw new StatusError(
    status.INVALID_ARGUMENT,
    `the name has ${length} characters; at most ${LONGEST_NAME} are allowed`,
  );
}

/** The full name of a service: the first part of its methods' paths. */
function namesOf({ definition }: Service): string[] {
  return Object.values(definition)
    .slice(0, 1)
    .map(({ path }) => path.split('/')[1] ?? '');
}
