import { pipeline } from 'node:stream/promises';
import { counted, nameOf } from '../ending.ts';
import { startBare, startOurs } from '../sides.ts';
import type { Outcome, Trap } from '../trap.ts';
import { NEVER, SURELY, until } from '../until.ts';

const UPLOADS = 10;

/** Sources of requests without an end, and how many of them were closed. */
function sources() {
  let closed = 0;
  async function* requests() {
    try {
      for (;;) yield { padding: Buffer.alloc(100_000) };
    } finally {
      closed++;
    }
  }
  return { requests, closed: () => closed };
}

function outcome(answers: string[], closed: number): Outcome {
  return {
    wrong: UPLOADS - closed,
    of: UPLOADS,
    client: `got ${counted(answers)}, and closed ${closed} of its ${UPLOADS} sources`,
    server: 'answered each upload at its first message',
  };
}

export const earlyAnswer: Trap = {
  name: 'early-answer',
  title: 'A server that answers early makes the sender wait forever',
  what: 'sources stayed open after the answer',
  async bare() {
    const { requests, closed } = sources();
    const answers: string[] = [];
    await using bare = await startBare({
      Upload: (call, callback) => void call.once('data', () => callback(null, {})),
    });
    for (let upload = 0; upload < UPLOADS; upload++) {
      // #region bare
      const call = bare.client.upload((error) => answers.push(nameOf(error)));
      pipeline(requests, call as NodeJS.WritableStream).catch(() => {});
      // #endregion bare
    }
    await until(() => answers.length === UPLOADS, SURELY);
    await until(() => closed() === UPLOADS, NEVER);
    return outcome(answers, closed());
  },
  async ours() {
    const { requests, closed } = sources();
    const answers: string[] = [];
    await using ours = await startOurs({
      async Upload(received) {
        for await (const _ of received) break;
        return {};
      },
    });
    for (let upload = 0; upload < UPLOADS; upload++) {
      // #region ours
      await ours.client.upload(requests());
      // #endregion ours
      answers.push('OK');
    }
    await until(() => closed() === UPLOADS, SURELY);
    return outcome(answers, closed());
  },
};
