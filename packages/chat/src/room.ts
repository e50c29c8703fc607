// What a room is, whoever keeps it: memory-room.ts in this process, nats-room.ts in a broker that several servers share.

/** Something that was said: one object, shared by everyone who hears it. */
export interface Said {
  /** Its place in the room's order, which rises. */
  readonly position: number;
  /** Who does not hear it, having said it. */
  readonly sender: string;
  readonly code: string;
  readonly name: string;
  readonly text: string;
}

/** Messages that nobody can hear any more: so many, up to this position. */
export interface Gap {
  readonly position: number;
  readonly dropped: number;
}

/** For a member that fell behind or was away too long: it misses at most so many messages here. */
export interface Dropped {
  readonly dropped: number;
}

/** What a member says. */
export interface Line {
  readonly name: string;
  readonly text: string;
  /** The member's own count, from 1 on; 0: not counted, and so never dropped as said before. */
  readonly number: number;
}

export interface Participant {
  readonly code: string;
  readonly name: string;
}

/** Who came and who went, one after another since the last change. */
export interface Change {
  readonly arrived: Participant[];
  readonly left: Participant[];
}

/** What a member does that others may want to know. */
export interface Attendee {
  /** What `who` calls it from now on. It arrives with its first name. */
  rename(name: string): void;
  /** Wants to be told who arrives and who leaves. */
  watch(): void;
  /** Who arrived and left since it was last told; undefined: nobody. */
  change(): Change | undefined;
}

export interface Joining {
  /** The same after every reconnect, so that the room knows what it has taken; empty: someone new. */
  readonly secret: string;
  /** `ROOM:POSITION` of the last message heard before; empty: a newcomer. */
  readonly after: string;
  /** Called when there may be something to read. */
  readonly wake: () => void;
  /** Called when the room ends the membership, for example with `RESOURCE_EXHAUSTED` for a client that reads too slowly. */
  readonly end: (reason: Error) => void;
}

/** Someone in the room. */
export interface Member extends Attendee {
  /** Nobody else in the room has it. */
  readonly code: string;
  /** `ROOM:POSITION` when it joined, to come back with in `after`: another room or an earlier position than it had means that some is lost. */
  readonly mark: string;
  /** The highest number that the room has taken from this sender before; 0: none. */
  readonly taken: number;
  /**
   * Resolves when the room has taken the line, or had it already. Lines of one member are said one by one.
   *
   * @throws what ended the membership
   */
  say(line: Line): Promise<void>;
  /**
   * What comes next for this member, in the order that is the same for all; undefined: nothing yet.
   *
   * @throws what ended the membership, such as RESOURCE_EXHAUSTED for a client that reads too slowly
   */
  read(): Said | Dropped | undefined;
  /** Everything up to this position has been read, or is the member's own. */
  position(): number;
  /** False while more is fetched for it; `wake` is called when it is there. */
  caughtUp(): boolean;
  /** Everyone in the room. */
  who(): Promise<Participant[]>;
  /** It has said all that it wants to say: `who` no longer has it, and it hears what was said until now. */
  finish(): void;
  /** Nothing is kept for it from here on. */
  leave(): void;
}

export interface Room {
  /** @throws StatusError UNAVAILABLE if it can't be reached */
  join(joining: Joining): Promise<Member>;
  /** How many are in it, through this server. */
  size(): number;
  /** Ends every membership with `reason`. */
  close(reason: Error): Promise<void>;
}
