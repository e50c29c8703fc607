import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { plainEnvironment } from '../tools/cli/src/environment.ts';
import { LIBRARIES } from './take/packed.ts';
import { findPatterns, notFound } from './take/patterns.ts';
import { project } from './take/project.ts';

const program = fileURLToPath(new URL('./take.ts', import.meta.url));

function emptyFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'take-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

function take(...args: string[]) {
  return spawnSync(process.execPath, ['--import', 'tsx', program, ...args], {
    encoding: 'utf8',
    env: plainEnvironment(),
  });
}

describe('pnpm take', () => {
  test('writes what a pattern needs and nothing else', (t) => {
    const folder = emptyFolder(t);
    const { status, stdout } = take('server-stream', join(folder, 'cube'), '--name', '@me/cube');
    assert.equal(status, 0);
    const read = (file: string) => readFileSync(join(folder, 'cube', file), 'utf8');
    const { name, scripts, dependencies } = JSON.parse(read('package.json'));
    assert.equal(name, '@me/cube');
    assert.equal(scripts.server, 'tsx src/server.ts');
    assert.equal(scripts.start, 'node dist/src/server.js');
    assert.match(scripts.build, /rmSync\('dist', .* && tsc /);
    assert.deepEqual(dependencies, {
      '@grpc/grpc-js': dependencies['@grpc/grpc-js'],
      '@grpc/proto-loader': dependencies['@grpc/proto-loader'],
      'grpc-iterables': 'file:vendor/grpc-iterables-0.1.0.tgz',
      'http2-channel': 'file:vendor/http2-channel-0.1.0.tgz',
    });
    assert.match(read('src/server.ts'), /from '\.\/cli\/index\.ts'/);
    assert.match(read('src/cli/run-server.ts'), /from 'grpc-iterables'/);
    assert.ok(existsSync(join(folder, 'cube/vendor/grpc-iterables-0.1.0.tgz')));
    assert.doesNotMatch(read('proto/index.ts'), /Greetering|workspace/);
    assert.ok(existsSync(join(folder, 'cube', 'src/pow.test.ts')));
    assert.ok(!existsSync(join(folder, 'cube', 'proto/greetering.proto')));
    assert.match(read('LICENSE'), /^MIT License/);
    assert.match(stdout, /\n {2}src\/ +\d+ files, \d+ lines +the pattern, with its tests\n/);
    assert.match(stdout, /\nread: README\.md, then src\/service\.ts\n$/);
  });

  test('names the commands of the project, and leaves the marks of the chapters out', (t) => {
    const folder = emptyFolder(t);
    assert.equal(take('work-queue', join(folder, 'mine')).status, 0);
    const files = readdirSync(join(folder, 'mine'), { recursive: true, encoding: 'utf8' });
    const sources = files.filter((file) => /\.(ts|proto)$/.test(file));
    const lines = sources.flatMap((file) => readFileSync(join(folder, 'mine', file), 'utf8').split('\n'));
    assert.deepEqual(
      lines.filter((line) => /#(end)?region|pnpm [a-z]/.test(line)),
      [],
    );
    const text = lines.join('\n');
    assert.doesNotMatch(text, /\bthis (workspace|chapter)\b/);
    assert.match(text, /`npm run worker -- --parallel 4 -- sh -c/);
  });

  test('takes the libraries as sources with their tests, if it is asked to', (t) => {
    const folder = emptyFolder(t);
    assert.equal(take('server-stream', join(folder, 'mine'), '--sources').status, 0);
    const read = (file: string) => readFileSync(join(folder, 'mine', file), 'utf8');
    assert.match(read('src/cli/run-server.ts'), /from '\.\.\/grpc-iterables\/index\.ts'/);
    assert.match(read('src/grpc-iterables/endings.test.ts'), /from '\.\/test\/echo-server\.ts'/);
    assert.match(read('package.json'), /src\/http2-channel\/\*\.test\.ts/);
    assert.ok(!existsSync(join(folder, 'mine/vendor')));
  });

  test('takes the chapters of a package along, and copies what is not text byte for byte', (t) => {
    const folder = emptyFolder(t);
    assert.equal(take('production', join(folder, 'mine')).status, 0);
    const descriptors = 'reflection/descriptors.binpb';
    const original = readFileSync(new URL(`../packages/production/${descriptors}`, import.meta.url));
    assert.ok(readFileSync(join(folder, 'mine', descriptors)).equals(original));
    assert.ok(existsSync(join(folder, 'mine/auth/auth.test.ts')));
    const { include } = JSON.parse(readFileSync(join(folder, 'mine/tsconfig.json'), 'utf8'));
    assert.ok(include.includes('auth') && include.includes('proto') && !include.includes('README.md'));
  });

  test('writes a README about the project', (t) => {
    const folder = emptyFolder(t);
    assert.equal(take('production', join(folder, 'mine')).status, 0);
    const text = readFileSync(join(folder, 'mine/README.md'), 'utf8');
    assert.doesNotMatch(text, /\bpnpm [\w-]+:|\bthis (workspace|chapter)\b/);
    assert.match(text, /^- `auth\/`: who may call, and until when; `npm run auth` shows it$/m);
    assert.match(
      text,
      /^- `src\/server\.ts`: Production: two small services, and around them what a service needs$/m,
    );
    // The comment at the top of this file is about a constant and not about the file.
    assert.doesNotMatch(text, /^- `src\/at-time\.ts`/m);
    assert.match(text, /Make `src\/numbers\.ts` and the programs use it/);
    assert.match(text, /the built client is node dist\/src\/client\.js$/m);
  });

  test('takes a part of a pattern alone, with the files of other parts that it needs', (t) => {
    const folder = emptyFolder(t);
    const { status, stdout } = take('production/auth', join(folder, 'mine'));
    assert.equal(status, 0);
    assert.match(stdout, /\nread: README\.md, then src\/demo\.ts\n$/);
    const read = (file: string) => readFileSync(join(folder, 'mine', file), 'utf8');
    assert.equal(JSON.parse(read('package.json')).scripts.demo, 'tsx src/demo.ts');
    assert.match(read('src/demo.ts'), /`npm run demo`/);
    assert.match(read('src/demo.ts'), /from '\.\/issuer\.ts'/);
    assert.match(read('src/expired-during-call.ts'), /from '\.\/errors\/rich-status\.ts'/);
    assert.match(read('src/authenticated.ts'), /from '\.\/at-time\.ts'/);
    assert.ok(existsSync(join(folder, 'mine/src/auth.test.ts')));
    assert.ok(!existsSync(join(folder, 'mine/src/client.ts')));
    const text = read('README.md');
    assert.match(text, /^Auth: who may call, and until when\. /m);
    assert.match(text, /Copy these files .*`src\/at-time\.ts`, .*`src\/errors\/rich-status\.ts`/);
    assert.doesNotMatch(text, /Copy these files .*(issuer|demo|certificates|greetering)/);
    // Without the dot npm takes vendor/x for a repository of GitHub.
    assert.match(text, /`npm install \.\/vendor\/grpc-iterables-/);
  });

  test('divides the packages into what runs, and what only tests and demos import', () => {
    function jsonOf(wanted: string, file: string) {
      const pattern = findPatterns().find(({ name }) => name === wanted);
      assert.ok(pattern);
      const libraries = Object.keys(LIBRARIES).filter((library) => library !== wanted);
      return JSON.parse(String(project(pattern, 'mine', libraries).get(file)));
    }
    function packagesOf(wanted: string) {
      const { dependencies, devDependencies } = jsonOf(wanted, 'package.json');
      return [Object.keys(dependencies), Object.keys(devDependencies)] as const;
    }
    const [telemetry, telemetryDev] = packagesOf('production/telemetry');
    const libraries = ['grpc-iterables', 'http2-channel'];
    assert.deepEqual(telemetry, ['@grpc/grpc-js', '@opentelemetry/api', ...libraries, 'pino']);
    // The middleware does not load a contract.
    for (const name of ['@grpc/proto-loader', '@opentelemetry/sdk-metrics'])
      assert.ok(telemetryDev.includes(name));
    const [all, allDev] = packagesOf('production');
    for (const name of ['@opentelemetry/sdk-metrics', 'selfsigned', '@types/google-protobuf']) {
      assert.ok(!all.includes(name) && allDev.includes(name), name);
    }
    assert.ok(all.includes('jose') && all.includes('@grpc/proto-loader'));
    assert.deepEqual(packagesOf('http2-channel')[0], ['@grpc/grpc-js']);
    const { exclude } = jsonOf('production', 'tsconfig.build.json');
    assert.ok(exclude.includes('src/cli/certificates.ts'), 'what only tests need is not built');
  });

  test('never overwrites', (t) => {
    const folder = emptyFolder(t);
    writeFileSync(join(folder, 'mine.txt'), 'mine');
    const { status, stderr } = take('server-stream', folder);
    assert.equal(status, 2);
    assert.match(stderr, /is not empty; nothing was written/);
    assert.ok(!existsSync(join(folder, 'package.json')));
  });

  test('says in one line what keeps it from writing', (t) => {
    const folder = emptyFolder(t);
    writeFileSync(join(folder, 'file'), '');
    const onFile = take('server-stream', join(folder, 'file'));
    assert.equal(onFile.status, 2);
    assert.match(onFile.stderr, /file is not a folder; nothing was written/);
    const below = take('server-stream', join(folder, 'file/mine'));
    assert.equal(below.status, 1);
    assert.match(below.stderr, /^the project in .*mine is not complete: ENOTDIR.*\n$/);
  });

  test('names the patterns there are', (t) => {
    const folder = emptyFolder(t);
    const { status, stderr } = take('cube', folder);
    assert.equal(status, 2);
    assert.match(
      stderr,
      /no pattern "cube"\n.*\npatterns: .*server-stream.*\nparts of patterns: production\/auth/,
    );
  });

  test('lists the parts of a pattern, and names them for a wrong one', () => {
    const patterns = findPatterns();
    const parts = ['auth', 'balance', 'between', 'health', 'limits', 'reflection', 'retry', 'telemetry'];
    const names = parts.map((part) => `production/${part}`);
    assert.deepEqual(
      patterns.filter(({ isPart }) => isPart).map(({ name }) => name),
      names,
    );
    const all = `there are ${names.join(', ')}`;
    assert.equal(notFound('production/atuh', patterns), `no pattern "production/atuh"; ${all}`);
    // A chapter without code to take.
    assert.equal(notFound('production/container', patterns), `no pattern "production/container"; ${all}`);
    assert.equal(notFound('auth', patterns), 'no pattern "auth"; there is production/auth');
  });
});
