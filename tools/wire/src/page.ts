// The page is loaded only when it is wanted: `--text` needs none of it.
import { UsageError } from 'cli';
import type { WireEvent } from './events.ts';

export interface PageOptions {
  /** Whether the page may start calls of its own. */
  readonly play: boolean;
  readonly port: number;
  /** Gets the events of the calls that the page starts. */
  readonly onEvent: (event: WireEvent) => void;
}

export interface Page {
  /** What to open in a browser. It holds the token. */
  readonly url: string;
  /** Shows an event. */
  onEvent(event: WireEvent): void;
  close(): Promise<void>;
}

/**
 * Starts the page.
 *
 * @throws UsageError if its port is taken
 */
export async function openPage(options: PageOptions): Promise<Page> {
  const { startPage } = await import('../page/server.ts');
  return startPage(options).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new UsageError(`port ${options.port} is taken; choose another for the page with --port 0`);
  });
}
