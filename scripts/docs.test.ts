import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { checkDocs } from './docs-check.ts';

const CODE = ['export function half(number: number) {', '  // #region halve', '  return number / 2;'];
const RIGHT: Record<string, string> = {
  'package.json': JSON.stringify({ scripts: { hello: 'echo hello', bench: 'echo fast' } }),
  'half.ts': [...CODE, '  // #endregion halve', '}', ''].join('\n'),
  'half.test.ts': 'test("halves");\n',
  'other.md': '# Other\n\n## A heading, with `code`\n',
  'README.md': `# Right

<!-- code: half.ts#halve -->
\`\`\`ts
return number / 2;
\`\`\`

<!-- run: pnpm hello -->
\`\`\`console
$ pnpm hello
hello
\`\`\`

\`\`\`mermaid
flowchart LR
  a[client] -- "one" --> b[server]
\`\`\`

\`\`\`mermaid
sequenceDiagram
  Client->>Server: half-close
\`\`\`

See [other](other.md#a-heading-with-code), and [above](#right). 

| test |
| --- |
| [download: halves](half.test.ts) | \`pnpm bench\` sends 300 messages a second.
`,
};

/** Faults of a folder in which everything is right but for what is replaced. */
async function faultsWith(t: TestContext, file: string, from: string, to: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'docs-'));
  t.after(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(RIGHT)) {
    if (name === file) assert.ok(text.includes(from), `"${from}" is in ${name}`);
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), name === file ? text.replace(from, to) : text);
  }
  return (await checkDocs(folder)).faults;
}

const STALE = /^README\.md: line \d+ is ".*" and should be ".*"; run "pnpm docs:write"$/;

describe('the check of the docs', () => {
  test('finds nothing where everything is right', async (t) => {
    assert.deepEqual(await faultsWith(t, 'README.md', '', ''), []);
  });

  const cases: { title: string; file?: string; from: string; to: string; faults: (string | RegExp)[] }[] = [
    {
      title: 'a code block that differs from its region',
      from: 'return number / 2;',
      to: 'return number / 3;',
      faults: [STALE],
    },
    {
      title: 'code that has changed since its region was shown',
      file: 'half.ts',
      from: '/ 2',
      to: '* 0.5',
      faults: [STALE],
    },
    {
      title: 'a region that is missing',
      file: 'half.ts',
      from: '#region halve',
      to: '#region third',
      faults: ['README.md: no region halve in half.ts', 'half.ts#third: no Markdown file shows it'],
    },
    {
      title: 'a region that is empty',
      file: 'half.ts',
      from: '  return number / 2;\n',
      to: '\n',
      faults: ['README.md: region halve in half.ts is empty'],
    },
    {
      title: 'a region that no Markdown file shows',
      from: '<!-- code: half.ts#halve -->\n```ts',
      to: '```js',
      faults: ['half.ts#halve: no Markdown file shows it'],
    },
    {
      title: 'a file of code that is missing',
      from: 'half.ts#halve',
      to: 'third.ts',
      faults: [/README\.md: ENOENT.*third\.ts/, 'half.ts#halve: no Markdown file shows it'],
    },
    {
      title: 'TypeScript that nothing marks as the copy of a file',
      from: '# Right',
      to: '# Right\n\n```ts\nconst made = "up";\n```',
      faults: ['README.md: a block has no mark that says what it shows: const made = "up";'],
    },
    {
      title: 'a mark that has lost its block',
      from: '# Right',
      to: '# Right\n\n<!-- run: pnpm hello -->\n',
      faults: ['README.md: 1 marks without a block below them'],
    },
    { title: 'output that differs', from: '\nhello\n', to: '\nhello there\n', faults: [STALE] },
    {
      title: 'a command that does not run',
      from: 'run: pnpm hello',
      to: 'run: pnpm bye',
      faults: [/README\.md: pnpm bye: Command failed/],
    },
    {
      title: 'output that nothing marks as compared',
      from: '<!-- run: pnpm hello -->\n',
      to: '',
      faults: ['README.md: a block has no mark that says what it shows: $ pnpm hello'],
    },
    {
      title: 'a link to a file that is not there',
      from: '[other](other.md#',
      to: '[other](another.md#',
      faults: ['README.md: nothing at another.md#a-heading-with-code'],
    },
    {
      title: 'a link to a heading that is not there',
      file: 'other.md',
      from: 'A heading',
      to: 'One heading',
      faults: ['README.md: nothing at other.md#a-heading-with-code'],
    },
    {
      title: 'a link to a heading of the same file that is not there',
      from: '# Right',
      to: '# Wrong',
      faults: ['README.md: nothing at #right'],
    },
    {
      title: 'a test that is named and is not there',
      file: 'half.test.ts',
      from: 'halves',
      to: 'doubles',
      faults: ['README.md: no test "download: halves" in half.test.ts'],
    },
    {
      title: 'a flowchart that does not parse',
      from: '"one" -->',
      to: '"one" --',
      faults: [/README\.md: a diagram does not parse: \w+ error on line 2/],
    },
    {
      title: 'a sequence diagram that does not parse',
      from: 'Client->>Server',
      to: 'Client->>>>Server',
      faults: [/README\.md: a diagram does not parse: \w+ error on line 2/],
    },
    {
      title: 'a figure of a benchmark without its command',
      from: '`pnpm bench` sends',
      to: 'This sends',
      faults: [/README\.md: no command is named for the figure in: .*300 messages a second/],
    },
    {
      title: 'a figure whose command is gone',
      file: 'package.json',
      from: '"bench"',
      to: '"measure"',
      faults: [/README\.md: no command is named for the figure in: .*300 messages a second/],
    },
  ];
  for (const { title, file = 'README.md', from, to, faults } of cases) {
    test(`fails for ${title}`, async (t) => {
      const found = await faultsWith(t, file, from, to);
      assert.equal(found.length, faults.length, found.join('\n'));
      for (const [index, expected] of faults.entries()) {
        if (expected instanceof RegExp) assert.match(found[index] ?? '', expected);
        else assert.equal(found[index], expected);
      }
    });
  }

  test('fails for the output of a client and a server that differs', async (t) => {
    const pair =
      '<!-- client: client-stream 1 2 -->\n```console\n$ pnpm client-stream:client 1 2\nsum: 3\n```\n';
    assert.deepEqual(await faultsWith(t, 'README.md', '# Right\n', `# Right\n\n${pair}`), []);
    const wrong = pair.replace('sum: 3', 'sum: 4');
    const faults = await faultsWith(t, 'README.md', '# Right\n', `# Right\n\n${wrong}`);
    assert.match(faults.join('\n'), STALE);
  });

  test('lets alone what says why it is not checked', async (t) => {
    const sketch = '<!-- unchecked: a sketch -->\n```ts\nconst made = "up";\n```';
    assert.deepEqual(await faultsWith(t, 'README.md', '# Right\n', `# Right\n\n${sketch}\n`), []);
  });

  test('lets alone what the reader writes, and marks inside a block of Markdown', async (t) => {
    const file = '<!-- file: x.ts -->\n```ts\nconst made = "up";\n```';
    const markdown = '<!-- file: x.md -->\n````md\n<!-- code: nowhere.ts -->\n```ts\n```\n````';
    const text = `# Right\n\n${file}\n\n${markdown}\n`;
    assert.deepEqual(await faultsWith(t, 'README.md', '# Right\n', text), []);
  });

  test('checks only the files that it is given, and no unused regions then', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'docs-'));
    t.after(() => rm(folder, { recursive: true }));
    for (const [name, text] of Object.entries(RIGHT))
      await writeFile(join(folder, name), text.replace('<!-- code: half.ts#halve -->\n```ts', '```ts'));
    const only = (name: string) => checkDocs(folder, { only: [join(folder, name)] });
    assert.deepEqual(await only('other.md'), { files: 1, faults: [] });
    assert.equal((await only('README.md')).faults.length, 1);
  });

  test('mends blocks, and nothing else, with --write', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'docs-'));
    t.after(() => rm(folder, { recursive: true }));
    for (const [name, text] of Object.entries(RIGHT)) {
      await writeFile(
        join(folder, name),
        text.replace('\nhello\n', '\nbye\n').replace('return number / 2;\n```', '```'),
      );
    }
    await checkDocs(folder, { write: true });
    assert.equal(await readFile(join(folder, 'README.md'), 'utf8'), RIGHT['README.md']);
  });
});
