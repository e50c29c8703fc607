// What language models read instead of the site: llms.txt, an index of all pages, and the Markdown of each page beside its HTML.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pages, parts, placeOf, root, titleOf } from './pages.ts';

const SUMMARY =
  'How to stream over gRPC with Node and TypeScript. Patterns with a server, a client and tests, on two libraries: ' +
  'grpc-iterables (gRPC calls as async iterables) and http2-channel (a gRPC channel on node:http2).';

/** The text of llms.txt: the path in reading order, and then every other page. */
function index(): string {
  const path = parts();
  const onPath = new Set([
    'README.md',
    ...path.flatMap(({ chapters }) => chapters.map((chapter) => chapter.path)),
  ]);
  const others = pages().filter((page) => !onPath.has(page));
  return [
    '# gRPC streams for Node\n',
    `> ${SUMMARY}\n`,
    `- [Front door](/${placeOf('README.md')})\n`,
    ...path.flatMap(({ title, chapters }) => [
      `## ${title}\n`,
      `${chapters.map((chapter) => `- [${chapter.title}](/${placeOf(chapter.path)}): ${chapter.teaches}`).join('\n')}\n`,
    ]),
    '## Reference\n',
    `${others.map((page) => `- [${titleOf(page)}](/${placeOf(page)})`).join('\n')}\n`,
  ].join('\n');
}

/** Writes llms.txt and the Markdown of every page into the built site. */
export function writeForModels(folder: string): void {
  for (const page of pages()) {
    const file = join(folder, placeOf(page));
    mkdirSync(dirname(file), { recursive: true });
    copyFileSync(join(root, page), file);
  }
  writeFileSync(join(folder, 'llms.txt'), index());
}
