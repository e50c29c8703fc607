// The site: the Markdown of the project, where it is, as pages. `pnpm docs:serve` serves it, `pnpm docs:build` builds it.
import { defineConfig } from 'vitepress';
import { anchorOf } from '../../scripts/docs-links.ts';
import { writeForModels } from './for-models.ts';
import { commandLines, readmes } from './markdown.ts';
import { placeOf, root, sidebar } from './pages.ts';

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><g fill="none" stroke="#3a7bd5" stroke-width="4" stroke-linecap="round"><path d="M4 11h20m-6-6 6 6-6 6"/><path d="M28 21H8m6-6-6 6 6 6" stroke="#27a37a"/></g></svg>`;

// VitePress asks for a default export.
export default defineConfig({
  title: 'gRPC streams',
  description: 'How to stream over gRPC with Node and TypeScript: patterns that you can run, read and copy',
  lang: 'en',
  srcDir: root,
  rewrites: placeOf,
  head: [
    ['link', { rel: 'icon', type: 'image/svg+xml', href: `data:image/svg+xml,${encodeURIComponent(ICON)}` }],
  ],
  markdown: {
    anchor: { slugify: anchorOf },
    config: readmes,
    codeTransformers: [commandLines],
  },
  themeConfig: {
    nav: [
      { text: 'Your first stream', link: '/first-stream' },
      { text: 'Coming from grpc-js', link: '/coming-from-grpc-js' },
      { text: 'List of patterns', link: '/patterns' },
      { text: 'Exercises', link: '/exercises/' },
      { text: 'Glossary', link: '/glossary' },
    ],
    sidebar: sidebar(),
    outline: [2, 3],
    search: { provider: 'local' },
  },
  transformPageData(page) {
    // Two programs side by side need the room.
    if (/^coming-from-.*\.md$/.test(page.relativePath))
      Object.assign(page.frontmatter, { aside: false, pageClass: 'wide' });
  },
  buildEnd: ({ outDir }) => writeForModels(outDir),
  vite: {
    optimizeDeps: { include: ['mermaid'] },
    build: { chunkSizeWarningLimit: 1000 },
  },
});
