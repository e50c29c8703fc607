import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { CallCredentials, credentials, Metadata, ServerCredentials, status } from '@grpc/grpc-js';
import { developmentCertificates } from 'cli/certificates';
import { startServer } from '../test/bytes-server.ts';
import { openChannel } from '../test/calls.ts';
import type { http2Channel } from './index.ts';

let pem: Record<string, string>;
before(async () => {
  pem = await developmentCertificates();
});

/** Adds a value to the header `token`, and records for which URL. */
function token(value: string, urls: string[] = []): CallCredentials {
  return CallCredentials.createFromMetadataGenerator(({ service_url }, callback) => {
    urls.push(service_url);
    const metadata = new Metadata();
    metadata.add('token', value);
    callback(null, metadata);
  });
}

/** A server that answers with the tokens of a call. */
function startTokenServer(t: Parameters<typeof startServer>[0], serverCredentials?: ServerCredentials) {
  return startServer(t, {
    ...(serverCredentials ? { credentials: serverCredentials } : {}),
    handlers: {
      unary: (call, callback) => callback(null, Buffer.from(call.metadata.get('token').join(', '))),
    },
  });
}

function tokens(channel: ReturnType<typeof http2Channel>, ofCall?: CallCredentials): Promise<string> {
  return new Promise((resolve) => {
    const call = channel.createCall('/test.Bytes/Unary', Number.POSITIVE_INFINITY, null, null, null);
    if (ofCall) call.setCredentials(ofCall);
    let answer = '';
    call.start(new Metadata(), {
      onReceiveMetadata() {},
      onReceiveMessage(message: Buffer) {
        answer = String(message);
        call.startRead();
      },
      onReceiveStatus({ code, details }) {
        resolve(code === status.OK ? answer : `${status[code]}: ${details}`);
      },
    });
    call.startRead();
    call.sendMessageWithContext({}, Buffer.alloc(0));
    call.halfClose();
  });
}

describe('call credentials', () => {
  test('of the channel and of the call are both sent', async (t) => {
    const { address } = await startTokenServer(t);
    const urls: string[] = [];
    const channel = openChannel(t, address, { callCredentials: token('channel', urls) });
    assert.equal(await tokens(channel), 'channel');
    assert.equal(await tokens(channel, token('call')), 'channel, call');
    assert.equal(await tokens(openChannel(t, address), token('call')), 'call');
    assert.equal(urls[0], 'https://127.0.0.1/test.Bytes');
  });

  test('are sent over TLS', async (t) => {
    const { ca = '', server = '', 'server-key': key = '' } = pem;
    const { address } = await startTokenServer(
      t,
      ServerCredentials.createSsl(null, [{ private_key: Buffer.from(key), cert_chain: Buffer.from(server) }]),
    );
    assert.equal(await tokens(openChannel(t, address, { tls: { ca } }), token('call')), 'call');
  });

  test('are refused over plaintext to another machine, before anything is sent', async (t) => {
    for (const address of ['192.0.2.1:1', 'example.org:1', '[2001:db8::1]:1']) {
      assert.equal(
        await tokens(openChannel(t, address), token('call')),
        `UNAUTHENTICATED: call credentials are not sent to ${address} without TLS`,
      );
    }
  });

  const failing: [string, CallCredentials, string][] = [
    [
      'fail',
      CallCredentials.createFromMetadataGenerator((_, callback) => callback(new Error('no token today'))),
      'no token today',
    ],
    [
      'fail with a value that is not an error',
      CallCredentials.createFromMetadataGenerator((_, callback) => callback(Symbol('why') as never)),
      'Symbol(why)',
    ],
    [
      'throw',
      CallCredentials.createFromMetadataGenerator(() => {
        throw new Error('broken');
      }),
      'broken',
    ],
  ];
  for (const [what, broken, reason] of failing) {
    test(`that ${what} make the call UNAUTHENTICATED, with the reason`, async (t) => {
      const { address } = await startTokenServer(t);
      const channel = openChannel(t, address);
      assert.equal(await tokens(channel, broken), `UNAUTHENTICATED: no credentials for the call: ${reason}`);
      assert.equal(await tokens(channel, token('call')), 'call');
    });
  }

  test('that are never generated end the call at its deadline', async (t) => {
    const { address } = await startTokenServer(t);
    const never = credentials.createFromMetadataGenerator(() => {});
    const call = openChannel(t, address).createCall('/test.Bytes/Unary', Date.now() + 50, null, null, null);
    call.setCredentials(never);
    const ending = await new Promise<number>((resolve) =>
      call.start(new Metadata(), {
        onReceiveMetadata() {},
        onReceiveMessage() {},
        onReceiveStatus: ({ code }) => resolve(code),
      }),
    );
    assert.equal(ending, status.DEADLINE_EXCEEDED);
  });
});
