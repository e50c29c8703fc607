// What a process of the bench tells about itself.

export interface Figures {
  /** Memory, in bytes. */
  readonly rss: number;
  /** Processor time since the process began, in milliseconds. */
  readonly cpu: number;
}

export function figures(): Figures {
  const { user, system } = process.cpuUsage();
  return { rss: process.memoryUsage.rss(), cpu: (user + system) / 1000 };
}

/** Makes a process answer its parent, and end with it. */
export function answerFigures(): void {
  process.on('disconnect', () => process.exit());
  process.on('message', () => process.send?.(figures()));
}
