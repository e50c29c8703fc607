import { readdirSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname } from 'node:path';

const folder = new URL('./web/', import.meta.url);
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

export const SECURITY_HEADERS = {
  // Only this server's own files and its own address; no code or style inside the HTML; not inside another page.
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

/** Answers with a file of the page, found by its path. */
export type FileServer = (path: string, response: ServerResponse) => void;

/** Reads the files of the page once. A path that is not one of them is not found, whatever it looks like. */
export function createFileServer(): FileServer {
  const files = new Map(
    readdirSync(folder)
      .filter((name) => extname(name) in TYPES)
      .map((name) => [name === 'index.html' ? '/' : `/${name}`, name]),
  );
  const contents = new Map([...files].map(([path, name]) => [path, readFileSync(new URL(name, folder))]));
  return (path, response) => {
    const content = contents.get(path);
    if (!content) return void response.writeHead(404, SECURITY_HEADERS).end('not found\n');
    const type = TYPES[extname(files.get(path) ?? '')];
    response.writeHead(200, { ...SECURITY_HEADERS, 'Content-Type': type }).end(content);
  };
}
