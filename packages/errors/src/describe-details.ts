import type { Duration__Output } from 'proto/gen/google/protobuf/Duration';
import type { ReceivedDetail } from './rich-status.ts';

/** A protobuf duration in milliseconds. */
export function millisecondsOf(duration: Duration__Output | null): number {
  return duration ? Number(duration.seconds) * 1000 + duration.nanos / 1e6 : 0;
}

/** One detail as text, with one line for each thing that it says. */
export function describeDetail(detail: ReceivedDetail): string[] {
  switch (detail.type) {
    case 'BadRequest':
      return detail.fieldViolations.map(({ field, description }) => `field ${field}: ${description}`);
    case 'QuotaFailure':
      return detail.violations.map(({ subject, description }) => `quota of ${subject}: ${description}`);
    case 'PreconditionFailure':
      return detail.violations.map(
        ({ type, subject, description }) => `${type} of ${subject}: ${description}`,
      );
    case 'RetryInfo':
      return [`try again in ${Math.ceil(millisecondsOf(detail.retryDelay))} ms`];
    case 'ErrorInfo':
      return [`reason ${detail.reason} of ${detail.domain}, ${JSON.stringify(detail.metadata)}`];
    case 'DebugInfo':
      return [`debug: ${detail.detail}`, ...detail.stackEntries];
    case 'RequestInfo':
      return [`request ${detail.requestId}`];
    case 'ResourceInfo':
      return [`${detail.resourceType} ${detail.resourceName}: ${detail.description}`];
    case 'Help':
      return detail.links.map(({ description, url }) => `${description}: ${url}`);
    case 'LocalizedMessage':
      return [`${detail.locale}: ${detail.message}`];
    case 'unknown':
      return [`${detail.value.length} bytes of ${detail.typeUrl}`];
  }
}
