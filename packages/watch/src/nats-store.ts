// A store in a NATS broker's key-value bucket (https://docs.nats.io/nats-concepts/jetstream/key-value-store). Several servers
// serve it, and it outlives them.
import { setTimeout as delay } from 'node:timers/promises';
import {
  DeliverPolicy,
  JetStreamApiError,
  type JsMsg,
  jetstream,
  jetstreamManager,
  type StreamInfo,
} from '@nats-io/jetstream';
import { type KV, Kvm } from '@nats-io/kv';
import { connect, headers } from '@nats-io/transport-node';
import { fromBroker, toBroker } from './broker-keys.ts';
import { type Change, ownCopy } from './changes.ts';
import { type Keyspace, newKeyspace } from './keyspace.ts';
import { newLevel } from './level.ts';
import { brokerLost, oneKeyAtATime, storeFull } from './refusals.ts';
import { exceeds } from './space.ts';
import type { Store, StoreLimits } from './store.ts';
import { compacted, storeChanged } from './watch-error.ts';

export interface NatsStoreOptions extends StoreLimits {
  /** Where the broker is, as in `nats://127.0.0.1:4222`. */
  readonly broker: string;
  /** What the store is called in the broker. Servers with the same one share it. */
  readonly bucket: string;
}

// The revision of an empty store, as in memory. That of a message is its number and this.
const EMPTY = 1;
// How many values of a key the broker keeps, so that a server that starts can resume watches: the most that NATS allows.
const VALUES_OF_A_KEY = 64;
const OPERATION = 'KV-Operation';
// The broker's code for a message that expects another one to be the last of its subject.
const KEY_HAS_CHANGED = 10_071;
const NO_STREAM = 10_059;
// In milliseconds.
const ANSWER_TIMEOUT = 5000;
// How often the broker has to send something. After two intervals without a message this server asks it again.
const HEARTBEAT = 1000;

/**
 * Opens the store, and follows what happens in it from then on.
 *
 * The number of a message in the broker's stream makes its revision, the same for all servers and after every restart. Each
 * server follows the stream, its own changes included, and keeps all keys in memory.
 *
 * @throws Error if the broker can't be reached, or has no JetStream
 */
export async function natsStore(options: NatsStoreOptions): Promise<Store> {
  const { broker: servers, bucket, space } = options;
  const limits = { changes: options.history, bytes: options.historyBytes };
  const broker = await connect({ servers, maxReconnectAttempts: -1, reconnectTimeWait: 250 });
  const stream = jetstream(broker, { timeout: ANSWER_TIMEOUT });
  const manager = await jetstreamManager(broker, { timeout: ANSWER_TIMEOUT });
  const values = await makeBucket();
  const subject = `$KV.${bucket}.`;
  const level = newLevel(EMPTY);
  // The names of keys that another program wrote last, under a name that this one would not choose.
  const otherNames = new Map<string, string>();
  let keys = emptyKeyspace(await info());
  let closing = false;
  const following = follow();

  /** Makes the bucket, unless there is one. */
  function makeBucket(): Promise<KV> {
    return new Kvm(stream).create(bucket, { history: VALUES_OF_A_KEY });
  }

  function info(): Promise<StreamInfo> {
    return manager.streams.info(`KV_${bucket}`);
  }

  /** A bucket that was deleted and made again is another store. */
  function emptyKeyspace({ created }: StreamInfo): Keyspace {
    return newKeyspace(`${bucket}-${Date.parse(created)}`, EMPTY, limits);
  }

  // #region follow
  async function follow(): Promise<void> {
    while (!closing) {
      try {
        await beSameStore();
        const consumer = await stream.consumers.get(`KV_${bucket}`, {
          deliver_policy: DeliverPolicy.StartSequence,
          opt_start_seq: keys.revision + 1 - EMPTY,
        });
        const messages = await consumer.consume({
          expires: 10 * HEARTBEAT,
          idle_heartbeat: HEARTBEAT,
          abort_on_missing_resource: true,
        });
        for await (const message of messages) apply(message);
      } catch {
        // The broker is away, or is not ready yet. Clients that ask in the meantime get UNAVAILABLE.
        if (!closing) await delay(HEARTBEAT);
      }
    }
  }

  function apply(message: JsMsg): void {
    const revision = message.seq + EMPTY;
    if (revision > keys.revision + 1) skipTo(revision - 1);
    const name = message.subject.slice(subject.length);
    const key = fromBroker(name);
    if (name === toBroker(key)) otherNames.delete(key);
    else otherNames.set(key, name);
    const change = {
      key,
      value: ownCopy(message.data),
      deleted: message.headers?.has(OPERATION) ?? false,
      revision,
    };
    keys.apply({ revision, changes: [change] });
    level.rise(revision);
  }

  /** Numbers are missing: the broker has dropped older values of keys that changed often. So no watcher can get these values. */
  function skipTo(revision: number): void {
    keys.close(compacted(keys.revision, revision));
    keys.compact(revision);
  }
  // #endregion follow

  /** Starts a new store if the broker's bucket is another one, or has lost its latest changes. A broker may also have lost the bucket. */
  async function beSameStore(): Promise<void> {
    const now = await info().catch(async (error) => {
      if (!(error instanceof JetStreamApiError && error.code === NO_STREAM)) throw error;
      await makeBucket();
      return info();
    });
    const fresh = emptyKeyspace(now);
    if (fresh.id === keys.id && now.state.last_seq + EMPTY >= keys.revision) return;
    keys.close(storeChanged(fresh.id));
    keys = fresh;
    otherNames.clear();
    level.fallTo(EMPTY);
  }

  /** The revision of the broker's last message. */
  async function latestRevision(): Promise<number> {
    const { state } = await info();
    if (state.last_seq + EMPTY <= keys.revision) return keys.revision;
    // The message of that number may have been removed, as a mark of a deletion is after a while.
    const last = await manager.streams.getMessage(`KV_${bucket}`, { last_by_subj: `${subject}>` });
    return (last?.seq ?? 0) + EMPTY;
  }

  /** Resolves when this server has all that the broker has now. */
  async function current(): Promise<Keyspace> {
    try {
      await level.reached(await latestRevision(), ANSWER_TIMEOUT);
      return keys;
    } catch (error) {
      throw brokerLost(error);
    }
  }

  /** Puts the mark of a deletion, unless the key has changed meanwhile. */
  async function markDeleted({ key, revision }: Change): Promise<number | undefined> {
    const mark = headers();
    mark.set(OPERATION, 'DEL');
    const expect = { lastSubjectSequence: revision - EMPTY };
    try {
      const name = otherNames.get(key) ?? toBroker(key);
      return (await stream.publish(subject + name, '', { headers: mark, expect })).seq + EMPTY;
    } catch (error) {
      if (error instanceof JetStreamApiError && error.code === KEY_HAS_CHANGED) return undefined;
      throw brokerLost(error);
    }
  }

  return {
    id: () => keys.id,
    current,
    async put(entries) {
      const [entry, another] = entries;
      if (another || !entry) throw oneKeyAtATime();
      if (exceeds(keys, entries, space)) throw storeFull(space);
      try {
        return (await values.put(toBroker(entry.key), entry.value)) + EMPTY;
      } catch (error) {
        throw brokerLost(error);
      }
    },
    async remove(wanted) {
      for (;;) {
        const { revision, get } = await current();
        const [entry, another] = [...new Set(wanted)].map(get).filter((one) => one !== undefined);
        if (another) throw oneKeyAtATime();
        if (!entry) return { revision, deleted: 0 };
        const marked = await markDeleted(entry);
        if (marked !== undefined) return { revision: marked, deleted: 1 };
      }
    },
    async close(reason) {
      keys.close(reason);
      closing = true;
      await broker.close();
      await following;
    },
  };
}
