// Connections whose bytes begin as those of a real call and then go wrong.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect, serve } from 'grpc-iterables';
import { ServerStream } from 'proto';
import { powService } from '../../../packages/server-stream/src/service.ts';
import { connectTo, newHash, plainServer, type Scope, watchedTap } from '../src/testing.ts';

type Random = (below: number) => number;

/** The same numbers for the same seed: https://en.wikipedia.org/wiki/Linear_congruential_generator */
function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** What client and server send in a few calls. */
async function realBytes(t: Scope): Promise<{ fromClient: Buffer; fromServer: Buffer }> {
  const server = await serve([powService(0, () => {})], { gracePeriod: 100 });
  const [fromClient, fromServer]: [Buffer[], Buffer[]] = [[], []];
  const relay = await plainServer(t, (near) => {
    const far = connectTo(server.address);
    near.on('data', (chunk: Buffer) => fromClient.push(chunk)).pipe(far);
    far.on('data', (chunk: Buffer) => fromServer.push(chunk)).pipe(near);
  });
  {
    await using client = connect(ServerStream, relay);
    for (const number of [2, 3]) for await (const _ of client.pow({ number }));
  }
  await server.shutdown();
  return { fromClient: Buffer.concat(fromClient), fromServer: Buffer.concat(fromServer) };
}

/** A copy with some bytes changed, added, taken out or repeated. */
function broken(bytes: Buffer, random: Random): Buffer {
  let copy: Buffer = Buffer.from(bytes);
  for (let faults = random(4); faults >= 0; faults--) {
    const at = random(copy.length);
    const length = 1 + random(20);
    const [head, tail] = [copy.subarray(0, at), copy.subarray(at + length)];
    const noise = Buffer.from(Array.from({ length }, () => random(256)));
    const middle = [noise, Buffer.alloc(0), Buffer.concat([noise, copy.subarray(at, at + length)])][
      random(3)
    ];
    copy = Buffer.concat([head, middle ?? noise, tail]);
  }
  return Buffer.concat([copy, Buffer.from(Array.from({ length: random(2000) }, () => random(256)))]);
}

async function sendCut(socket: Socket, bytes: Buffer, random: Random): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const end = at + 1 + random(random(3) === 0 ? 10 : 3000);
    if (!socket.write(bytes.subarray(at, end))) await once(socket, 'drain');
    // In packets of their own, most of the time.
    if (random(4) > 0) await new Promise((resolve) => setImmediate(resolve));
    at = end;
  }
  socket.end();
}

async function received(socket: Socket): Promise<string> {
  const hash = newHash();
  // Not with `for await`: it would destroy the socket, which may still have to send.
  socket.on('data', (chunk: Buffer) => hash.update(chunk));
  await once(socket, 'end');
  return hash.text();
}

function hashOf(bytes: Buffer): string {
  const hash = newHash();
  hash.update(bytes);
  return hash.text();
}

/** So many connections. What each side sent must arrive, whatever the tap makes of it. Returns how many were foreign. */
export async function brokenBytes(t: Scope, connections: number, seed: number): Promise<number> {
  const random = randomFrom(seed);
  const real = await realBytes(t);
  let accept: (socket: Socket) => void = () => {};
  const server = await plainServer(t, (socket) => accept(socket));
  const tap = await watchedTap(t, server, { keep: ['foreign'] });
  for (let number = 0; number < connections; number++) {
    // One in three is cut, but not broken.
    const intact = random(3) === 0;
    const fromClient = intact ? real.fromClient : broken(real.fromClient, random);
    const fromServer = intact ? real.fromServer : broken(real.fromServer, random);
    const accepted = new Promise<Socket>((resolve) => {
      accept = resolve;
    });
    const near = connectTo(tap.address);
    const far = await accepted;
    const foreign = tap.events.length;
    const [atServer, atClient] = await Promise.all([
      received(far),
      received(near),
      sendCut(near, fromClient, random),
      sendCut(far, fromServer, random),
    ]);
    const where = `connection ${number} of seed ${seed}`;
    assert.equal(atServer, hashOf(fromClient), where);
    assert.equal(atClient, hashOf(fromServer), where);
    if (intact) assert.deepEqual(tap.events.slice(foreign), [], where);
  }
  return tap.events.length;
}
