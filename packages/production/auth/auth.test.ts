import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { connect as connectHttp2 } from 'node:http2';
import { after, before, describe, test } from 'node:test';
import { inspect } from 'node:util';
import { Metadata, status } from '@grpc/grpc-js';
import { developmentCertificates } from 'cli/certificates';
import {
  type ConnectOptions,
  connect,
  defineService,
  type RunningServer,
  StatusError,
  serve,
} from 'grpc-iterables';
import { createLocalJWKSet, type JSONWebKeySet, type JWTPayload, SignJWT } from 'jose';
import { BidirectionalStreamServer, ClientStream, Greetering, ServerStream } from 'proto';
import type { GreeteringHandlers } from 'proto/gen/proto/Greetering';
import type { BidirectionalStreamServerHandlers } from 'proto/gen/stream/BidirectionalStreamServer';
import type { ClientStreamHandlers } from 'proto/gen/stream/ClientStream';
import type { ServerStreamHandlers } from 'proto/gen/stream/ServerStream';
import { anyone, authenticated, callerOf, type Permissions } from './authenticated.ts';
import { checkToken } from './check-token.ts';
import { expiredDuringCall } from './expired-during-call.ts';
import { goOn } from './go-on.ts';
import { tokenCredentials } from './token-credentials.ts';

const issuer = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const now = () => Math.floor(Date.now() / 1000);
const GOOD = { iss: 'https://issuer.example', aud: 'numbers', sub: 'ann', scope: 'pow sum sqrt' };

interface Made {
  claims?: JWTPayload;
  lifetime?: number;
  notBefore?: number;
  key?: typeof issuer.privateKey;
}
function made({
  claims = {},
  lifetime = 60,
  notBefore,
  key = issuer.privateKey,
}: Made = {}): Promise<string> {
  const payload = {
    ...GOOD,
    ...claims,
    exp: Date.now() / 1000 + lifetime,
    ...(notBefore === undefined ? {} : { nbf: notBefore }),
  };
  return new SignJWT(payload).setProtectedHeader({ alg: 'ES256' }).sign(key);
}
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = () => ({ ...GOOD, exp: now() + 60 });

/** A promise that a handler resolves later. */
function news() {
  let resolve = (_: unknown) => {};
  const promise = new Promise((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
async function all<Message>(messages: AsyncIterable<Message>): Promise<Message[]> {
  const received: Message[] = [];
  for await (const message of messages) received.push(message);
  return received;
}

/** What the handlers have seen. */
let handled: string[] = [];
let stopped = news();
let server: RunningServer;

const pow = defineService<ServerStreamHandlers>(ServerStream.service, {
  async *Pow({ number, count }, context) {
    handled.push(`Pow ${callerOf(context)?.subject} ${inspect(context, { depth: 9, showHidden: true })}`);
    try {
      yield { number };
      if (count === 1) return;
      await new Promise((_, reject) =>
        context.signal.addEventListener('abort', () => reject(context.signal.reason)),
      );
    } finally {
      stopped.resolve(context.signal.reason);
    }
  },
});
const sum = defineService<ClientStreamHandlers>(ClientStream.service, {
  async Sum(requests) {
    handled.push('Sum');
    let count = 0;
    try {
      for await (const _ of requests) count++;
      handled.push('Sum complete');
      return { sum: String(count) };
    } finally {
      stopped.resolve(count);
    }
  },
});
const sqrt = defineService<BidirectionalStreamServerHandlers>(BidirectionalStreamServer.service, {
  async *Sqrt(requests) {
    handled.push('Sqrt');
    for await (const { number } of requests) yield { sqrt: Math.sqrt(number) };
  },
});
const hello = defineService<GreeteringHandlers>(Greetering.service, {
  Hello: ({ name }) => ({ msg: name }),
  async *StreamHello() {},
  GreetEach: () => ({ msg: '' }),
  async *GreetTogether() {},
});

before(async () => {
  const rules = { key: issuer.publicKey, algorithms: ['ES256'], issuer: GOOD.iss, audience: GOOD.aud };
  const permissions: Permissions = {
    '/stream.ServerStream/Pow': 'pow',
    '/stream.ClientStream/*': 'sum',
    '/stream.BidirectionalStreamServer/Sqrt': 'sqrt',
    '/proto.Greetering/Hello': anyone,
  };
  server = await serve([pow, sum, sqrt, hello], { middleware: [authenticated(rules, permissions)] });
});
after(() => server.shutdown());

async function using<Result>(
  options: ConnectOptions,
  use: (client: ReturnType<typeof connect<InstanceType<typeof ServerStream>>>) => Promise<Result>,
): Promise<Result> {
  await using client = connect(ServerStream, server.address, options);
  return await use(client);
}
function withHeader(authorization: string | undefined): Metadata {
  const metadata = new Metadata();
  if (authorization !== undefined) metadata.set('authorization', authorization);
  return metadata;
}
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => assert.fail('the call was accepted'),
    (error) => {
      assert.ok(error instanceof StatusError, inspect(error));
      return error;
    },
  );
const callPow = (authorization: string | undefined) =>
  using({}, async (client) => {
    const { value } = await client
      .pow({ number: 2, count: 1 }, { metadata: withHeader(authorization) })
      .next();
    return value?.number;
  });

describe('a token', () => {
  const refused: [string, () => string | undefined | Promise<string>, RegExp][] = [
    ['that is missing', () => undefined, /a token is needed/],
    ['that has expired', () => made({ lifetime: -60 }), /the token has expired/],
    ['that expired a tenth of a second ago', () => made({ lifetime: -0.1 }), /the token has expired/],
    ['that is not valid yet', () => made({ notBefore: now() + 60 }), /not valid yet/],
    ['of another issuer', () => made({ claims: { iss: 'https://other.example' } }), /"iss" .* wrong/],
    ['for another audience', () => made({ claims: { aud: 'letters' } }), /"aud" .* wrong/],
    ['without a subject', () => made({ claims: { sub: undefined as never } }), /"sub" .* missing/],
    ['whose subject is a number', () => made({ claims: { sub: 5 as never } }), /"sub" .* wrong/],
    ['whose subject is empty', () => made({ claims: { sub: '' } }), /"sub" .* wrong/],
    ['signed with another key', () => made({ key: stranger.privateKey }), /signature of the token is wrong/],
    ['of 9,000 characters', () => 'a'.repeat(9000), /has 9\d{3} characters; at most 8192/],
    ['that is not a JWT', () => 'hunter2', /not a signed JWT/],
    [
      'with the algorithm "none"',
      () => `${base64({ alg: 'none' })}.${base64(claims())}.`,
      /algorithm .* not accepted|not a signed JWT/,
    ],
    [
      'signed with the public key as a shared secret',
      () => {
        const input = `${base64({ alg: 'HS256' })}.${base64(claims())}`;
        const secret = issuer.publicKey.export({ type: 'spki', format: 'pem' });
        return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
      },
      /algorithm that is not accepted/,
    ],
    [
      'without an expiry',
      () => new SignJWT(GOOD).setProtectedHeader({ alg: 'ES256' }).sign(issuer.privateKey),
      /"exp" .* missing/,
    ],
    ['beside a second one', async () => `${await made()}, Bearer ${await made()}`, /not one token/],
  ];
  for (const [what, token, details] of refused) {
    test(`${what} is refused with UNAUTHENTICATED, and the handler does not run`, async () => {
      handled = [];
      const text = await token();
      const error = await failure(callPow(text === undefined ? undefined : `Bearer ${text}`));
      assert.equal(error.code, status.UNAUTHENTICATED, error.details);
      assert.match(error.details, details);
      assert.deepEqual(handled, []);
      if (text !== undefined) assert.ok(!inspect(error).includes(text), 'the error shows the token');
    });
  }
  test('that does not say which of several keys it is signed with is refused with UNAUTHENTICATED', async () => {
    const keys = [issuer, stranger].map(({ publicKey }, index) => ({
      ...publicKey.export({ format: 'jwk' }),
      kid: String(index),
    }));
    const rules = {
      key: createLocalJWKSet({ keys } as JSONWebKeySet),
      algorithms: ['ES256'],
      issuer: GOOD.iss,
      audience: GOOD.aud,
    };
    const error = await failure(checkToken(`Bearer ${await made()}`, rules));
    assert.equal(error.code, status.UNAUTHENTICATED);
    assert.match(error.details, /which of several keys/);
  });
  test('in another scheme is refused with UNAUTHENTICATED', async () => {
    const error = await failure(callPow(`Basic ${Buffer.from('ann:secret').toString('base64')}`));
    assert.equal(error.code, status.UNAUTHENTICATED);
  });
  test('that is right is accepted, and the handler knows the caller but not the token', async () => {
    handled = [];
    const token = await made();
    assert.equal(await callPow(`Bearer ${token}`), '2');
    assert.match(handled.join(), /^Pow ann /);
    assert.ok(!handled.join().includes(token));
  });
  test('is not needed where anyone may call', async () => {
    await using client = connect(Greetering, server.address);
    assert.deepEqual({ ...(await client.hello({ name: 'Ann' })) }, { msg: 'Ann' });
  });
});

describe('a permission', () => {
  test('that the token lacks is PERMISSION_DENIED, for all kinds of call, before a request is read', async () => {
    handled = [];
    const callCredentials = tokenCredentials(async () => ({
      token: await made({ claims: { scope: 'other' } }),
      expiresIn: 60,
    }));
    await using powers = connect(ServerStream, server.address, { callCredentials });
    await using sums = connect(ClientStream, server.address, { callCredentials });
    await using roots = connect(BidirectionalStreamServer, server.address, { callCredentials });
    async function* endless() {
      for (;;) yield { data: 1, number: 1 };
    }
    const failures = await Promise.all([
      failure(powers.pow({ number: 2 }).next()),
      failure(sums.sum(endless())),
      failure(roots.sqrt(endless()).next()),
    ]);
    for (const { code } of failures) assert.equal(code, status.PERMISSION_DENIED);
    assert.match(failures[0]?.details ?? '', /needs the permission "pow"/);
    assert.deepEqual(handled, []);
  });
  test('that is not defined refuses the method for everyone', async () => {
    const callCredentials = tokenCredentials(async () => ({ token: await made(), expiresIn: 60 }));
    await using client = connect(Greetering, server.address, { callCredentials });
    const error = await failure(client.streamHello({}).next());
    assert.equal(error.code, status.PERMISSION_DENIED);
    assert.match(error.details, /no permission is defined/);
  });
});

describe('a stream whose token expires', () => {
  const expiring = () =>
    tokenCredentials(async () => ({ token: await made({ lifetime: 1.5 }), expiresIn: 1.5 }));

  test('ends with UNAUTHENTICATED, and its handler learns why', async () => {
    stopped = news();
    const error = await using({ callCredentials: expiring() }, (client) =>
      failure(all(client.pow({ number: 2 }))),
    );
    assert.equal(error.code, status.UNAUTHENTICATED);
    assert.match(error.details, /token of this call has expired/);
    assert.match(String(await stopped.promise), /token of this call has expired/);
  });
  test('never looks like a complete upload', async () => {
    handled = [];
    stopped = news();
    await using client = connect(ClientStream, server.address, { callCredentials: expiring() });
    async function* oneAndWait() {
      yield { data: 1 };
      await stopped.promise;
    }
    const error = await failure(client.sum(oneAndWait()));
    assert.equal(error.code, status.UNAUTHENTICATED);
    assert.equal(await stopped.promise, 1);
    assert.deepEqual(handled, ['Sum']);
  });
  test('stops its handler even if the client does not read', async () => {
    stopped = news();
    await using({ callCredentials: expiring() }, async (client) => {
      const stream = client.pow({ number: 2 });
      await stream.next();
      assert.match(String(await stopped.promise), /has expired/);
      await failure(stream.next());
    });
  });
  test('continues with a new token, after the last message', async () => {
    const issued: string[] = [];
    const callCredentials = tokenCredentials(async () => {
      const token = await made({ lifetime: 1.5, claims: { jti: String(issued.length) } });
      issued.push(token);
      return { token, expiresIn: 1.5 };
    });
    await using({ callCredentials }, async (client) => {
      const received: number[] = [];
      const stream = goOn<{ number: string }>((last) =>
        client.pow({ number: Number(last?.number ?? 0) + 1 }),
      );
      for await (const { number } of stream) if (received.push(Number(number)) === 3) break;
      assert.deepEqual(received, [1, 2, 3]);
    });
    assert.equal(new Set(issued).size, issued.length);
    assert.ok(issued.length >= 2);
  });
  test('does not become a busy loop if each call ends at once', async () => {
    let calls = 0;
    async function* ended() {
      if (++calls < 3) throw expiredDuringCall();
      yield calls;
    }
    const begun = performance.now();
    assert.deepEqual(await all(goOn(ended)), [3]);
    assert.ok(performance.now() - begun >= 399);
  });
  test('does not continue if the new token is refused', async () => {
    let lifetime = 1.5;
    const callCredentials = tokenCredentials(async () => {
      const token = await made({ lifetime });
      lifetime = -60;
      return { token, expiresIn: 1.5 };
    });
    const error = await using({ callCredentials }, (client) =>
      failure(all(goOn(() => client.pow({ number: 1 })))),
    );
    assert.match(error.details, /the token has expired/);
  });
});

describe('the client', () => {
  test('asks the issuer once for calls at the same time, and again only when the token gets old', async () => {
    let asked = 0;
    const callCredentials = tokenCredentials(async () => {
      asked++;
      return { token: await made(), expiresIn: 60 };
    });
    await using({ callCredentials }, (client) =>
      Promise.all(Array.from({ length: 5 }, () => client.pow({ number: 1, count: 1 }).next())),
    );
    await using({ callCredentials }, (client) => client.pow({ number: 1, count: 1 }).next());
    assert.equal(asked, 1);
  });
  test('fails with UNAUTHENTICATED if the issuer fails, and asks again with the next call', async () => {
    let asked = 0;
    const callCredentials = tokenCredentials(async () => {
      if (asked++ === 0) throw new Error('the issuer is away');
      return { token: await made(), expiresIn: 60 };
    });
    await using({ callCredentials }, async (client) => {
      const error = await failure(client.pow({ number: 1, count: 1 }).next());
      assert.equal(error.code, status.UNAUTHENTICATED);
      assert.match(error.details, /the issuer is away/);
      assert.equal((await client.pow({ number: 1, count: 1 }).next()).value?.number, '1');
    });
  });
  test('never shows what the issuer sent in an error', async () => {
    for (const token of ['geheim\n', 'geheim, geheim', '', undefined as unknown as string]) {
      const callCredentials = tokenCredentials(async () => ({ token, expiresIn: 60 }));
      const error = await using({ callCredentials }, (client) => failure(client.pow({ number: 1 }).next()));
      assert.equal(error.code, status.UNAUTHENTICATED);
      assert.doesNotMatch(inspect(error), /geheim/);
    }
  });
  test('sends no token in plaintext to another machine', async () => {
    let asked = false;
    const callCredentials = tokenCredentials(async () => {
      asked = true;
      return { token: await made(), expiresIn: 60 };
    });
    // An address of TEST-NET-1, which no machine has.
    await using client = connect(ServerStream, '192.0.2.1:8091', { callCredentials });
    const error = await failure(client.pow({ number: 1 }).next());
    assert.equal(error.code, status.UNAUTHENTICATED);
    assert.match(error.details, /not sent to 192\.0\.2\.1:8091 without TLS/);
    assert.equal(asked, false);
  });
  test('sends it through TLS', async () => {
    const { ca = '', server: cert = '', 'server-key': key = '' } = await developmentCertificates();
    const rules = { key: issuer.publicKey, algorithms: ['ES256'], issuer: GOOD.iss, audience: GOOD.aud };
    const middleware = [authenticated(rules, { '/stream.ServerStream/Pow': 'pow' })];
    const secure = await serve([pow], { tls: { cert, key }, middleware });
    try {
      const callCredentials = tokenCredentials(async () => ({ token: await made(), expiresIn: 60 }));
      await using client = connect(ServerStream, secure.address, { tls: { ca }, callCredentials });
      assert.equal((await client.pow({ number: 3, count: 1 }).next()).value?.number, '3');
    } finally {
      await secure.shutdown();
    }
  });
});

test('keys that the server cannot get are INTERNAL for the client, and onError gets the reason', async (t) => {
  const errors: unknown[] = [];
  const service = defineService<ClientStreamHandlers>(
    ClientStream.service,
    { Sum: () => assert.fail('the handler ran') },
    { onError: (error) => errors.push(error) },
  );
  const key = async () => {
    throw new Error('the issuer is away');
  };
  const rules = { key, algorithms: ['ES256'], issuer: GOOD.iss, audience: GOOD.aud };
  const middleware = [authenticated(rules, { '/stream.ClientStream/Sum': 'sum' })];
  const keyless = await serve([service], { middleware });
  t.after(() => keyless.shutdown());
  const callCredentials = tokenCredentials(async () => ({ token: await made(), expiresIn: 60 }));
  await using client = connect(ClientStream, keyless.address, { callCredentials });
  const error = await failure(client.sum([]));
  assert.equal(error.code, status.INTERNAL);
  assert.doesNotMatch(error.details, /issuer/);
  assert.match(String(errors), /the issuer is away/);
});

test('a header as large as HTTP/2 allows costs the server nothing but an answer', async () => {
  const session = connectHttp2(`http://${server.address}`);
  const stream = session.request({
    ':method': 'POST',
    ':path': '/stream.ServerStream/Pow',
    'content-type': 'application/grpc',
    te: 'trailers',
    authorization: `Bearer ${'a'.repeat(60_000)}`,
  });
  const headers = await new Promise<Record<string, unknown>>((resolve) => {
    stream.on('response', (response) => {
      if (response['grpc-status'] !== undefined) resolve(response);
    });
    stream.on('trailers', resolve);
    stream.end(Buffer.from([0, 0, 0, 0, 0]));
    stream.resume();
  });
  session.close();
  assert.equal(Number(headers['grpc-status']), status.UNAUTHENTICATED);
});
