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

/** A gap: so many messages were dropped here for a member that fell behind, or was away too long. */
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

export interface Joining {
  /** The same after every reconnect, so that the room knows what it has taken; empty: someone new. */
  readonly sender: string;
  /** `ROOM:POSITION` of the last message heard before; empty, or of another room: a newcomer. */
  readonly after: string;
  /** Called when there may be something to read. */
  readonly wake: () => void;
  /** Called when the room ends the membership: `RESOURCE_EXHAUSTED` for who reads too slowly, for one. */
  readonly end: (reason: Error) => void;
}

/** Someone in the room. */
export interface Member {
  /** Nobody else in the room has it. */
  readonly code: string;
  /** `ROOM:POSITION` when it joined, to come back with in `after`. A room that did not survive a restart is another one. */
  readonly mark: string;
  /** The highest number that the room has taken from this sender before; 0: none. */
  readonly taken: number;
  /** What `who` calls it from now on. */
  rename(name: string): void;
  /**
   * Resolves when the room has taken the line, or had it already. Lines of one member are said one by one.
   *
   * @throws what ended the membership
   */
  say(line: Line): Promise<void>;
  /**
   * What comes next for this member, in the order that is the same for all; undefined: nothing yet.
   *
   * @throws what ended the membership, such as RESOURCE_EXHAUSTED for who reads too slowly
   */
  read(): Said | Dropped | undefined;
  /** Everyone in the room. */
  who(): Promise<Participant[]>;
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
