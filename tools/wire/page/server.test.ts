import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, test } from 'node:test';
import type { WireEvent } from '../src/events.ts';
import { startPage } from './server.ts';
import { manyFrames } from './test/events.ts';

async function ask(url: string | URL, options: RequestOptions = {}, body = ''): Promise<IncomingMessage> {
  const asked = request(url, options);
  asked.end(body);
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  return response;
}

async function statusOf(url: string | URL, options?: RequestOptions, body?: string) {
  const response = await ask(url, options, body);
  response.resume();
  return response.statusCode;
}

/** A page that looks, as a browser does. Its messages by their type. */
async function* messagesOf(response: IncomingMessage) {
  let rest = '';
  for await (const chunk of response.setEncoding('utf8')) {
    rest += chunk;
    const messages = rest.split('\n\n');
    rest = messages.pop() ?? '';
    for (const message of messages) {
      const [, type = 'events'] = /^event: (.*)$/m.exec(message) ?? [];
      const [, data] = /^data: (.*)$/m.exec(message) ?? [];
      const [, id] = /^id: (.*)$/m.exec(message) ?? [];
      if (data !== undefined) yield { type, id, data: JSON.parse(data) };
    }
  }
}

describe('the server of the page', () => {
  test('answers only who knows the token, by a local name, and from its own origin', async (t) => {
    const page = await startPage({ play: false });
    t.after(page.close);
    const url = new URL(page.url);
    assert.equal(url.hostname, '127.0.0.1');
    assert.equal(await statusOf(url), 200);
    assert.equal(await statusOf(url, { headers: { host: `localhost:${url.port}` } }), 200);
    assert.equal(await statusOf(url, { headers: { origin: url.origin } }), 200);
    assert.equal(await statusOf(new URL('/', url)), 403);
    assert.equal(await statusOf(new URL('/events', url)), 403);
    assert.equal(await statusOf(new URL('/0/events', url)), 403);
    assert.equal(await statusOf(url, { headers: { host: `evil.example:${url.port}` } }), 403);
    assert.equal(await statusOf(url, { headers: { host: '127.0.0.1' } }), 403);
    assert.equal(await statusOf(url, { headers: { origin: 'http://evil.example' } }), 403);
    assert.equal(await statusOf(url, { headers: { origin: 'null' } }), 403);
    const order = { method: 'POST', headers: {} };
    assert.equal(await statusOf(new URL('order', url), order, '{"do":"stop"}'), 403);
  });

  test('serves its own files and nothing else, and forbids the page everything else', async (t) => {
    const page = await startPage({ play: false });
    t.after(page.close);
    const response = await ask(page.url);
    assert.match(await text(response), /<title>See the wire<\/title>/);
    const policy = String(response.headers['content-security-policy']);
    assert.match(policy, /default-src 'none'/);
    assert.doesNotMatch(policy, /unsafe/);
    const { pathname } = new URL(page.url);
    for (const name of ['package.json', 'tsconfig.json', '../server.ts', '%2e%2e/server.ts', 'constructor'])
      assert.equal(await statusOf(page.url, { path: pathname + name }), 404, name);
    assert.equal(await statusOf(page.url, { method: 'DELETE' }), 405);
  });

  test('refuses orders that it does not understand, and says why', async (t) => {
    const looking = await startPage({ play: false });
    t.after(looking.close);
    const page = await startPage({ play: true });
    t.after(page.close);
    const order = async (to: string, body: string) => {
      const { origin } = new URL(to);
      const response = await ask(new URL('order', to), { method: 'POST', headers: { origin } }, body);
      return [response.statusCode, await text(response)];
    };
    assert.deepEqual(await order(page.url, '{"do":"stop"}'), [204, '']);
    assert.deepEqual(await order(page.url, '{'), [400, 'an order must be JSON']);
    assert.deepEqual(await order(page.url, 'null'), [
      400,
      '"undefined" is not an order: start, speed or stop',
    ]);
    assert.deepEqual(await order(page.url, '{"do":"speed","speed":-1}'), [
      400,
      '"-1" is not a number of messages per second',
    ]);
    assert.deepEqual(await order(page.url, '{"do":"start","speed":null,"pattern":"constructor"}'), [
      400,
      '"constructor" is not a pattern',
    ]);
    assert.deepEqual(await order(page.url, `"${'x'.repeat(5000)}"`), [400, 'the order is too long']);
    assert.deepEqual(await order(looking.url, '{"do":"stop"}'), [404, 'this page cannot start calls']);
  });

  test('shows what came before to a page that opens later, and goes on where a page was', async (t) => {
    const page = await startPage({ play: false });
    t.after(page.close);
    const events: WireEvent[] = [...manyFrames(20)];
    for (const event of events.slice(0, 10)) page.onEvent(event);
    const first = messagesOf(await ask(new URL('events', page.url)));
    assert.deepEqual((await first.next()).value, { type: 'playing', id: undefined, data: null });
    const { value } = await first.next();
    assert.deepEqual(value?.data, events.slice(0, 10));
    await first.return(undefined);
    for (const event of events.slice(10, 20)) page.onEvent(event);
    const again = messagesOf(
      await ask(new URL('events', page.url), { headers: { 'last-event-id': value?.id } }),
    );
    await again.next();
    assert.deepEqual((await again.next()).value?.data, events.slice(10, 20));
  });

  test('keeps nothing for a page that does not read: it is told later how many events it missed', async (t) => {
    const page = await startPage({ play: false, history: 2 * 1024 * 1024 });
    t.after(page.close);
    const slow = await ask(new URL('events', page.url));
    const fast = messagesOf(await ask(new URL('events', page.url)));
    const round = [...manyFrames(1500)];
    // Much more than all buffers on the way hold. The fast page has each round before the next one passes.
    const rounds = 50;
    for (let number = 0; number < rounds; number++) {
      for (const event of round) page.onEvent(event);
      for (let got = 0; got < round.length; ) {
        const { value } = await fast.next();
        assert.notEqual(value?.type, 'missed');
        if (value?.type === 'events') got += value.data.length;
      }
    }
    let [got, missed] = [0, 0];
    for await (const { type, data } of messagesOf(slow)) {
      if (type === 'missed') missed += data;
      if (type === 'events') got += data.length;
      if (got + missed === rounds * round.length) break;
    }
    assert.ok(missed > got, `missed ${missed}, got ${got}`);
  });
});
