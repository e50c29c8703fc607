// A server that sends as fast as it can, and a client that stops reading for a while.
import { setTimeout as delay } from 'node:timers/promises';
import { connect } from 'grpc-iterables';
import { Bench } from 'proto';
import { benchService } from '../bench/service.ts';
import type { Scenario } from './scenario.ts';

// The window that HTTP/2 begins with. http2-channel would grant more.
const WINDOW = 65_535;
const MESSAGE = 20_000;
const MESSAGES = 8;
// So long that a picture shows it, in milliseconds.
const PAUSE = 200;

export const slowReader: Scenario = {
  name: 'slow-reader',
  title: 'A slow reader: the window is empty, so the server waits',
  services: [benchService((_, size) => Buffer.alloc(size, 7))],
  async run({ address, seen }) {
    await using client = connect(Bench, address, { window: WINDOW });
    let received = 0;
    for await (const _ of client.download({ count: MESSAGES, size: MESSAGE })) {
      if (received++ > 0) continue;
      await seen((event) => event.type === 'frame' && event.side === 'server' && event.windows?.stream === 0);
      await delay(PAUSE);
    }
  },
};
