import { type Mailbox, mailbox } from './mailbox.ts';

/** Something said, and by whom. */
export interface Post {
  readonly name: string;
  readonly text: string;
}

/** What is known of a channel. */
export interface Description {
  readonly idChannel: number;
  readonly nameChannel: number;
  readonly title: string;
  /** Who may talk: everyone in a CHAT, its author in a CHANNEL. */
  readonly typeChannel: 'CHAT' | 'CHANNEL';
}

export interface Channel {
  readonly info: Description;
  /** Someone who hears what is said from now on. */
  join(): Mailbox<Post>;
  leave(listener: Mailbox<Post>): void;
  /** Says something to every listener but `speaker`. */
  say(post: Post, speaker?: Mailbox<Post>): void;
  /** No more will be said: the listeners hear what they have not heard yet, and then `failure`, if any. */
  close(failure?: Error): void;
}

/** All that is open, by number. */
export interface Channels {
  /** Those whose title holds `keyword`, in whatever case, or whose number it is; in the order of their numbers. */
  find(keyword: string): Channel[];
  get(idChannel: number): Channel | undefined;
  /** Opens a channel; undefined if its number is taken. */
  open(info: Description): Channel | undefined;
}

/** How many messages a listener may be behind. */
const MAILBOX_LIMIT = 100;

/** @param tooSlow makes the error for a listener who is further behind than that */
export function newChannels(tooSlow: (limit: number) => Error): Channels {
  const open = new Map<number, Channel>();

  function newChannel(info: Description): Channel {
    const listeners = new Set<Mailbox<Post>>();
    const forget = () => {
      if (open.get(info.idChannel) === channel) open.delete(info.idChannel);
    };
    const channel: Channel = {
      info,
      join() {
        const listener = mailbox<Post>(MAILBOX_LIMIT, () => {
          listeners.delete(listener);
          return tooSlow(MAILBOX_LIMIT);
        });
        listeners.add(listener);
        return listener;
      },
      leave(listener) {
        listeners.delete(listener);
        // A chat lasts as long as someone is in it, a channel as long as its author talks.
        if (info.typeChannel === 'CHAT' && listeners.size === 0) forget();
      },
      say(post, speaker) {
        for (const listener of listeners) if (listener !== speaker) listener.put(post);
      },
      close(failure) {
        forget();
        for (const listener of listeners) listener.end(failure);
      },
    };
    return channel;
  }

  return {
    find(keyword) {
      const wanted = keyword.toLowerCase();
      return [...open.values()]
        .filter(
          ({ info }) =>
            info.title.toLowerCase().includes(wanted) ||
            [info.idChannel, info.nameChannel].map(String).includes(wanted),
        )
        .sort((a, b) => a.info.idChannel - b.info.idChannel);
    },
    get: (idChannel) => open.get(idChannel),
    open(info) {
      if (open.has(info.idChannel)) return undefined;
      const channel = newChannel(info);
      open.set(info.idChannel, channel);
      return channel;
    },
  };
}
