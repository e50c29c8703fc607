import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { download, names, newId, served, start, upload } from '../test/served.ts';
import { flawOf } from './names.ts';

const BAD = [
  '',
  '.',
  '..',
  '../a',
  'a/b',
  '/etc/passwd',
  'a\\b',
  '..\\a',
  'C:',
  'c:\\a',
  'D:a',
  'a\0b',
  'a\nb',
  '\u0085',
  '.transfer',
  '.Transfer',
  'x'.repeat(256),
  'ä'.repeat(128),
];
const GOOD = [
  'a',
  '.hidden',
  '...',
  'a..b',
  '-rf',
  'two words',
  '12:30',
  'ä'.repeat(127),
  '文件.txt',
  '~',
  '%2e%2e',
];

describe('a name', () => {
  for (const name of BAD) {
    const shown = JSON.stringify(name.slice(0, 20));
    test(`such as ${shown} is refused by every method, and nothing is touched`, async (t) => {
      const files = await served(t);
      const refused = { code: status.INVALID_ARGUMENT, details: /^the name .* cannot be used: it must/ };
      await assert.rejects(upload(files, name, Buffer.from('a')), refused);
      await assert.rejects(files.client.upload([start(newId(), name)]), refused);
      await assert.rejects(files.client.queryUpload({ uploadId: newId(), name }), refused);
      await assert.rejects(download(files, { name }), refused);
      await assert.rejects(files.client.delete({ name }), refused);
      assert.deepEqual(await names(files), []);
    });
  }
  test('that looks unusual but stays in the folder is accepted', async (t) => {
    const files = await served(t);
    for (const name of GOOD) await upload(files, name, Buffer.from(name));
    assert.deepEqual(await names(files), GOOD.toSorted());
    for (const name of GOOD) assert.equal(String((await download(files, { name })).content), name);
  });
  test('with half a surrogate pair has a flaw', () => {
    assert.equal(flawOf('\ud800'), 'must be well-formed Unicode');
  });
});
