import { status } from '@grpc/grpc-js';
import { printable } from 'cli';
import { type CallOptions, type IterableClient, StatusError } from 'grpc-iterables';
import type { ServicesClient } from 'proto/gen/chatserver/Services';
import { newSession } from './session.ts';

export interface Bulk {
  readonly name: string;
  readonly count: number;
  /** What stands before the number of each message. */
  readonly prefix: string;
  readonly call: CallOptions;
}

/** Sends many messages, no faster than the server takes them, and prints how fast that was. */
export async function sendMany(
  client: IterableClient<ServicesClient>,
  { name, count, prefix, call }: Bulk,
  print: (line: string) => void,
): Promise<void> {
  const session = newSession(client, { name, call });
  const started = performance.now();
  let away = false;
  const staying = session.stay((happening) => {
    if (happening.type === 'joined') away = false;
    if (happening.type !== 'lost' || away) return;
    away = true;
    print(`lost: ${printable(happening.reason.details)}; trying again in ${happening.retryIn} ms`);
  });
  const sending = async () => {
    for (let number = 1; number <= count; number++) await session.say(`${prefix}${number}`);
    session.leave();
  };
  await Promise.race([staying, sending().then(() => staying)]);
  const left = session.unacknowledged();
  if (left > 0) {
    throw new StatusError(status.DATA_LOSS, `${left} of ${count} messages were not acknowledged`);
  }
  const seconds = (performance.now() - started) / 1000;
  print(`${count} sent and acknowledged in ${seconds.toFixed(1)} s: ${Math.round(count / seconds)} a second`);
}
