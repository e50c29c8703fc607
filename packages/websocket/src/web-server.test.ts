import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get } from 'node:http';
import { describe, test } from 'node:test';
import { askForUpgrade, connect, connectBare, echoRoute, refusal, startWeb } from '../test/sockets.ts';
import { pageListener } from './page.ts';
import type { TextSocket } from './text-socket.ts';

describe('a page', () => {
  for (const host of ['127.0.0.1', 'localhost']) {
    test(`of this server, by the name ${host}, may connect`, async (t) => {
      const { address } = await startWeb(t);
      const port = address.split(':')[1];
      const peer = await connect(t, `ws://${address}/ws`, { origin: `http://${host}:${port}` });
      peer.ws.send('x');
      assert.equal(await peer.next(), 'server reply: x');
    });
  }
  for (const origin of ['https://example.org', 'http://127.0.0.1', 'null']) {
    test(`of the origin ${origin} gets 403`, async (t) => {
      const { address } = await startWeb(t);
      assert.equal(await refusal(`ws://${address}/ws`, { origin }), 403);
    });
  }
  test('whose name points to this server gets 403, although its origin is equal to the header Host', async (t) => {
    const { address } = await startWeb(t);
    const host = `evil.example:${address.split(':')[1]}`;
    const status = await refusal(`ws://${address}/ws`, { origin: `http://${host}`, headers: { host } });
    assert.equal(status, 403);
  });
  test('of an origin that is allowed may connect', async (t) => {
    const { address } = await startWeb(t, { origins: ['https://example.org'] });
    const peer = await connect(t, `ws://${address}/ws`, { origin: 'https://example.org' });
    peer.ws.send('x');
    assert.equal(await peer.next(), 'server reply: x');
  });
});

describe('the server', () => {
  test('serves its page with a policy that allows only its own files', async (t) => {
    const { address } = await startWeb(t, { page: pageListener() });
    const page = await fetch(`http://${address}/`);
    assert.equal(page.status, 200);
    assert.equal(page.headers.get('content-type'), 'text/html; charset=utf-8');
    assert.match(page.headers.get('content-security-policy') ?? '', /^default-src 'none'; script-src 'self'/);
    assert.match(await page.text(), /<script type="module" src="\/page\.js">/);
    assert.equal(
      (await fetch(`http://${address}/page.js`)).headers.get('content-type'),
      'text/javascript; charset=utf-8',
    );
    assert.equal((await fetch(`http://${address}/../package.json`)).status, 404);
    assert.equal((await fetch(`http://${address}/`, { method: 'POST' })).status, 405);
  });
  test('refuses sockets at other paths', async (t) => {
    const { address } = await startWeb(t);
    assert.equal(await refusal(`ws://${address}/other`, {}), 404);
  });
  test('answers a client that prefers HTTP/2 in HTTP/1.1', async (t) => {
    const { address } = await startWeb(t, { page: pageListener() });
    const request = get(`http://${address}/`, {
      headers: {
        connection: 'Upgrade, HTTP2-Settings',
        upgrade: 'h2c',
        'http2-settings': 'AAMAAABkAAQAAP__',
      },
    });
    const [response] = await once(request, 'response');
    assert.equal(response.statusCode, 200);
    let page = '';
    for await (const chunk of response) page += chunk;
    assert.match(page, /<script type="module" src="\/page\.js">/);
  });
  for (const [what, path, upgrade] of [
    ['a page of another site', '/ws', 'websocket'],
    ['a path without sockets', '/other', 'websocket'],
    ['another protocol', '/', 'h2c'],
  ] as const) {
    test(`that refuses an upgrade for ${what} closes the connection, although the peer does not`, async (t) => {
      const server = await startWeb(t, { page: pageListener() });
      const socket = await askForUpgrade(t, server.address, path, upgrade);
      socket.resume();
      await once(socket, 'end');
      await server.shutdown();
    });
    test(`survives a peer that asks for ${what}, and resets the connection`, async (t) => {
      const { address } = await startWeb(t, { page: pageListener() });
      for (let count = 0; count < 20; count++) {
        const socket = await askForUpgrade(t, address, path, upgrade);
        socket.resetAndDestroy();
        assert.equal((await fetch(`http://${address}/`)).status, 200);
      }
    });
  }
  test('closes a socket that sends a message in too many fragments with 1008', async (t) => {
    const { address } = await startWeb(t);
    const peer = await connect(t, `ws://${address}/ws`);
    for (let count = 0; count < 256; count++) peer.ws.send('x', { fin: count === 255 });
    assert.equal(await peer.next(), `server reply: ${'x'.repeat(256)}`);
    for (let count = 0; count < 257; count++) peer.ws.send('x', { fin: count === 256 });
    assert.equal((await peer.closed).code, 1008);
  });
  test('cuts off the sockets that use most memory, and keeps the others', async (t) => {
    const LONG = 'x'.repeat(1_000_000);
    let open = 0;
    const counted = {
      ...echoRoute,
      async serve(socket: TextSocket) {
        open++;
        await echoRoute.serve(socket).finally(() => open--);
      },
    };
    const { address } = await startWeb(t, { memory: 8_000_000 }, { '/ws': counted });
    const reading = await connect(t, `ws://${address}/ws`);
    for (let count = 0; count < 10; count++) {
      // Does not read what is said back to it.
      const silent = await connect(t, `ws://${address}/ws`);
      silent.ws.pause();
      for (let sent = 0; sent < 10; sent++) silent.ws.send(LONG);
      // Does not end its message: a frame of a million bytes, less one.
      const unfinished = await connectBare(t, address);
      unfinished.on('error', () => {}).resume();
      const head = Buffer.of(0x81, 0xff, 0, 0, 0, 0, 0, 0x0f, 0x42, 0x40, 0, 0, 0, 0);
      unfinished.write(Buffer.concat([head, Buffer.alloc(999_999)]));
    }
    // Each of the others holds a megabyte or more.
    while (open > 9) {
      reading.ws.send('still here');
      assert.equal(await reading.next(), 'server reply: still here');
    }
  });
  test('cuts a peer that neither sends nor answers', async (t) => {
    const { address } = await startWeb(t, { pingInterval: 50 });
    const socket = await connectBare(t, address);
    socket.resume();
    await once(socket, 'close');
  });
  test('cuts a peer that does not take its messages', async (t) => {
    let accept = (_: AbortSignal) => {};
    const accepted = new Promise<AbortSignal>((resolve) => {
      accept = resolve;
    });
    const flood = {
      longestMessage: 100,
      async serve(socket: TextSocket) {
        accept(socket.gone);
        for (;;) await socket.send('x'.repeat(100_000));
      },
    };
    const { address } = await startWeb(t, { pingInterval: 100 }, { '/ws': flood });
    const peer = await connect(t, `ws://${address}/ws`);
    peer.ws.pause();
    const gone = await accepted;
    if (!gone.aborted) await once(gone, 'abort');
    assert.equal(gone.reason.code, 1006);
  });
  test('keeps a peer that sends nothing but answers pings', async (t) => {
    const { address } = await startWeb(t, { pingInterval: 50 });
    const peer = await connect(t, `ws://${address}/ws`);
    for (let ping = 0; ping < 5; ping++) await once(peer.ws, 'ping');
    peer.ws.send('still here');
    assert.equal(await peer.next(), 'server reply: still here');
  });
  test('that shuts down accepts no new sockets, lets open ones continue, then closes them with 1001', async (t) => {
    const server = await startWeb(t, { gracePeriod: 300 });
    const peer = await connect(t, `ws://${server.address}/ws`);
    const shutdown = server.shutdown();
    await assert.rejects(connect(t, `ws://${server.address}/ws`), /ECONNREFUSED/);
    peer.ws.send('one more');
    assert.equal(await peer.next(), 'server reply: one more');
    assert.deepEqual(await peer.closed, { code: 1001, reason: 'the server is shutting down' });
    await shutdown;
  });
  test('that shuts down does not wait for a peer that does not answer', async (t) => {
    const server = await startWeb(t);
    const socket = await connectBare(t, server.address);
    socket.resume();
    await server.shutdown();
  });
  test('that shuts down without open sockets ends at once', async (t) => {
    const server = await startWeb(t, { gracePeriod: 60_000 });
    const peer = await connect(t, `ws://${server.address}/ws`);
    peer.ws.close(1000);
    await peer.closed;
    await server.shutdown();
  });
});
