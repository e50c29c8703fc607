import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';

const folder = new URL('./page/', import.meta.url);
const TYPES = { html: 'text/html', css: 'text/css', js: 'text/javascript' };
const FILES = {
  '/': 'index.html',
  '/page.css': 'page.css',
  '/page.js': 'page.js',
  '/people.js': 'people.js',
  '/session.js': 'session.js',
};

const HEADERS = {
  // Only this server's own files and sockets; no code or style inside the HTML; the page cannot be inside another page.
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-cache',
};

/** Answers requests for the page and its files. */
export function pageListener(): RequestListener {
  const files = Object.entries(FILES).map(([path, name]) => {
    const type = TYPES[name.split('.')[1] as keyof typeof TYPES];
    return [path, { type, content: readFileSync(new URL(name, folder)) }] as const;
  });
  const byPath = new Map<string | undefined, (typeof files)[number][1]>(files);

  return ({ method, url }, response) => {
    const file = byPath.get(url?.split('?')[0]);
    if (!file) return void response.writeHead(404, HEADERS).end('not found\n');
    if (method !== 'GET' && method !== 'HEAD')
      return void response.writeHead(405, { ...HEADERS, Allow: 'GET, HEAD' }).end();
    response.writeHead(200, { ...HEADERS, 'Content-Type': `${file.type}; charset=utf-8` });
    response.end(method === 'HEAD' ? undefined : file.content);
  };
}
