import { type Mailbox, type MailboxLimits, mailbox } from './mailbox.ts';

/** A message, and the name of its sender. */
export interface Post {
  readonly name: string;
  readonly text: string;
}

/** The description of a channel. */
export interface Description {
  readonly idChannel: number;
  readonly nameChannel: number;
  readonly title: string;
  /** In a CHAT all members may talk, in a CHANNEL only its author. */
  readonly typeChannel: 'CHAT' | 'CHANNEL';
}

export interface Channel {
  readonly info: Description;
  /** Adds a listener, which hears all messages from now on. @throws what `refusals.full` makes */
  join(): Mailbox<Post>;
  leave(listener: Mailbox<Post>): void;
  /** Sends a message to every listener except `speaker`. */
  say(post: Post, speaker?: Mailbox<Post>): void;
  /** Ends the channel: the listeners get the messages that they have not heard yet, and then `failure`, if any. */
  close(failure?: Error): void;
}

/** All open channels, by number. */
export interface Channels {
  /** Channels with `keyword` in their title, in upper or lower case, or as their number; in the order of their numbers. */
  find(keyword: string): Channel[];
  get(idChannel: number): Channel | undefined;
  /** Opens a channel; undefined if its number is taken. @throws what `refusals.full` makes */
  open(info: Description): Channel | undefined;
}

/** How far a listener may be behind. Long names and texts count too, so that memory is bounded. */
const MAILBOX: MailboxLimits = { messages: 100, characters: 100_000 };
/** How many channels may be open, and how many listeners all channels together may have. */
const MOST_CHANNELS = 1000;
const MOST_LISTENERS = 1000;

/** Makes the errors for refusals. */
export interface Refusals {
  /** For a listener that is too far behind. */
  tooSlow(limits: MailboxLimits): Error;
  /** For a channel or a listener above the limit. */
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
    /** A chat ends when its last member leaves. A channel ends when its author has finished. */
    const forgetEmptyChat = () => {
      if (info.typeChannel === 'CHAT' && listeners.size === 0) forget();
    };
    const channel: Channel = {
      info,
      join() {
        if (everyone === MOST_LISTENERS) {
          forgetEmptyChat();
          throw full(MOST_LISTENERS, 'listeners');
        }
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
        forgetEmptyChat();
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
