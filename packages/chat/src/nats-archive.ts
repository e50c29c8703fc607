import { DeliverPolicy, type JetStreamClient } from '@nats-io/jetstream';
import type { Archive } from './listener.ts';
import { entriesOf } from './nats-stream.ts';
import { brokerLost } from './refusals.ts';
import type { Gap, Said } from './room.ts';

type Entries = readonly (Said | Gap)[];

// The stream is read in pages that begin at multiples of this, so that members that miss the same messages share them.
const PAGE = 256;
const KEPT_PAGES = 16;
const TIMEOUT = 5000;

/**
 * Reads old messages from the broker's stream.
 *
 * @param upTo the position up to which it is known to have something
 */
export function natsArchive(jetstream: JetStreamClient, stream: string, upTo: () => number): Archive {
  const pages = new Map<number, Promise<Entries>>();
  let last: Promise<unknown> = Promise.resolve();

  /** Reads one page after the other. If a thousand members come back at once, there must not be a thousand readers of the stream. */
  function pageFrom(start: number): Promise<Entries> {
    const known = pages.get(start);
    if (known) return known;
    const page = last.then(() => load(start));
    last = page.catch(() => {});
    pages.set(start, page);
    const forget = () => void pages.delete(start);
    page.then((entries) => {
      // The page will get more messages.
      if ((entries.at(-1)?.position ?? 0) < start + PAGE) forget();
    }, forget);
    if (pages.size > KEPT_PAGES) pages.delete(pages.keys().next().value ?? 0);
    return page;
  }

  async function load(start: number): Promise<Entries> {
    try {
      return await readPage(jetstream, stream, start, upTo());
    } catch (error) {
      throw brokerLost(error);
    }
  }

  return {
    async after(position) {
      const entries = await pageFrom(position - (position % PAGE));
      const later = entries.filter((entry) => entry.position > position);
      return later.map((entry) => ('text' in entry ? entry : endOf(entry, position)));
    },
  };
}

/** The part of a gap that comes after a position. */
const endOf = (gap: Gap, position: number): Gap => ({
  ...gap,
  dropped: Math.min(gap.dropped, gap.position - position),
});

/** Everything from `start` to the end of a page. Messages that are no longer in the stream are a gap. */
async function readPage(
  jetstream: JetStreamClient,
  stream: string,
  start: number,
  upTo: number,
): Promise<Entries> {
  const consumer = await jetstream.consumers.get(stream, {
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: start + 1,
  });
  const entries: (Said | Gap)[] = [];
  let position = start;
  // Moves on with a gap at the beginning, which may be longer than a page.
  let end = start + PAGE;
  let complete = (await consumer.info(true)).num_pending === 0;
  const messages = await consumer.fetch({ max_messages: PAGE, expires: TIMEOUT });
  const timer = setTimeout(() => messages.close(), TIMEOUT);
  try {
    if (complete) return [{ position: upTo, dropped: upTo - start }];
    for await (const message of messages) {
      if (position === start) end = Math.ceil(message.seq / PAGE) * PAGE;
      if (message.seq <= end) {
        entries.push(...entriesOf(message, position));
        position = message.seq;
      }
      complete = message.seq >= end || message.info.pending === 0;
      if (complete) break;
    }
  } finally {
    clearTimeout(timer);
    void consumer.delete().catch(() => {});
  }
  if (!complete) throw new Error(`no messages after ${position} within ${TIMEOUT} ms`);
  const known = Math.min(end, upTo);
  if (position < known) entries.push({ position: known, dropped: known - position });
  return entries;
}
