import { UsageError } from './usage-error.ts';

const ADDRESS = /^(?:[^\s:/?#@[\]]+|\[[\da-f:.]+\]):(\d{1,5})$/i;

/** Reads the address of a server, such as `127.0.0.1:8080` or `[::1]:8080`. @throws UsageError */
export function parseAddress(text: string): string {
  const port = Number(ADDRESS.exec(text)?.[1] ?? 0);
  if (port > 0 && port <= 65_535) return text;
  throw new UsageError(`"${text}" is not an address such as 127.0.0.1:8080 or [::1]:8080`);
}
