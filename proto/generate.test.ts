import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const CONTRACT = 'syntax = "proto3";\npackage prices;\nmessage Price { int64 cents = 1; }\n';

test('pnpm generate fails for a .proto that is not listed, and says what to add where', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'proto-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const file of ['generate.ts', 'files.ts', 'package.json']) cpSync(here + file, join(folder, file));
  symlinkSync(`${here}node_modules`, join(folder, 'node_modules'));
  const files = readFileSync(join(folder, 'files.ts'), 'utf8');
  const list = (names: string) =>
    writeFileSync(join(folder, 'files.ts'), files.replace(/protoFiles[^\]]*\]/, `protoFiles = [${names}]`));
  const generate = () =>
    spawnSync(process.execPath, ['--import', import.meta.resolve('tsx'), 'generate.ts'], {
      cwd: folder,
      encoding: 'utf8',
    });
  mkdirSync(join(folder, 'shop'));
  writeFileSync(join(folder, 'shop/prices.proto'), CONTRACT);

  list('');
  const { status, stderr } = generate();
  assert.equal(status, 1);
  assert.match(stderr, /^proto\/files\.ts does not list shop\/prices\.proto\n/);
  assert.match(stderr, /add 'shop\/prices\.proto' to protoFiles in proto\/files\.ts/);
  assert.match(stderr, /export the services from proto\/index\.ts/);

  list("'shop/prices.proto'");
  assert.equal(generate().status, 0);
  assert.match(readFileSync(join(folder, 'gen/prices/Price.ts'), 'utf8'), /interface Price /);
});
