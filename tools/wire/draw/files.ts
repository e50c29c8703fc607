import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../pictures/', import.meta.url));

/** Where the recording of a scenario is. */
export function recordingOf(name: string): string {
  return `${folder}${name}.jsonl`;
}

/** Where its picture is. */
export function pictureOf(name: string): string {
  return `${folder}${name}.svg`;
}
