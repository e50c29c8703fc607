import { shown, sources } from '../.vitepress/links.ts';

// VitePress asks for a default export.
export default {
  paths: () => sources().map((path) => ({ params: { path }, content: shown(path) })),
};
