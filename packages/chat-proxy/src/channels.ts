import { type Mailbox, type MailboxLimits, mailbox } from './mailbox.ts';

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
  /** Someone who hears what is said from now on. @throws what `refusals.full` makes */
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
  /** Opens a channel; undefined if its number is taken. @throws what `refusals.full` makes */
  open(info: Description): Channel | undefined;
}

/** How far a listener may be behind. Long names and texts count too, so that memory is bounded. */
const MAILBOX: MailboxLimits = { messages: 100, characters: 100_000 };
/** How many channels may be open, and how many may listen, in all channels together. */
const MOST_CHANNELS = 1000;
const MOST_LISTENERS = 1000;

/** Makes the errors for those that are refused. */
export interface Refusals {
  /** For a listener that is too far behind. */
  tooSlow(limits: MailboxLimits): Error;
  /** For one more than there may be. */
  full(most: number, what: string): Error;
}

export function newChannels({ tooSlow, full }: Refusals): Channels {
  const open = new Map<number, Channel>();
  let everyone = 0;

  function newChannel(info: Description): Channel {
    const listeners = new Set<Mailbox<Post>>();
    const forget = () => {
      if (open.get(info.idChannel) === channel) open.delete(info.idChannel);
    };
    const channel: Channel = {
      info,
      join() {
        if (everyone === MOST_LISTENERS) throw full(MOST_LISTENERS, 'listeners');
        const listener = mailbox<Post>(
          MAILBOX,
          ({ name, text }) => name.length + text.length,
          () => {
            listeners.delete(listener);
            return tooSlow(MAILBOX);
          },
        );
        everyone++;
        listeners.add(listener);
        return listener;
      },
      leave(listener) {
        everyone--;
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
      if (open.size === MOST_CHANNELS) throw full(MOST_CHANNELS, 'channels');
      const channel = newChannel(info);
      open.set(info.idChannel, channel);
      return channel;
    },
  };
}
