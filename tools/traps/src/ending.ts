import { status } from '@grpc/grpc-js';

/** The name of the status of a call: "OK", "UNAVAILABLE" and so on. Without a failure it is "OK". */
export function nameOf(failure: { code?: unknown } | null | undefined): string {
  if (!failure) return 'OK';
  return status[Number(failure.code)] ?? `an error without a status (${failure.code})`;
}

/** How a call of ours ended. */
export async function endingOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'OK',
    (failure) => nameOf(failure),
  );
}

/** "3 INTERNAL, 2 OK" */
export function counted(endings: string[]): string {
  const counts = new Map<string, number>();
  for (const ending of endings) counts.set(ending, (counts.get(ending) ?? 0) + 1);
  return [...counts].map(([ending, count]) => `${count} ${ending}`).join(', ');
}
