// What a room is, wherever it is: memory-room.ts in this process, nats-room.ts in a broker that several servers share.

/** A message of the room: one object, shared by all listeners. */
export interface Said {
  /** Its place in the room's order, which rises. */
  readonly position: number;
  /** The member that said it, and does not hear it. */
  readonly sender: string;
  readonly code: string;
  readonly name: string;
  readonly text: string;
}

/** Messages that are lost: how many, and up to which position. */
export interface Gap {
  readonly position: number;
  readonly dropped: number;
}

/** For a member that read too slowly or was away for too long: at most so many messages are missing here. */
export interface Dropped {
  readonly dropped: number;
}

/** A message from a member. */
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

/** Who arrived and who left since the last change, in order. */
export interface Change {
  readonly arrived: Participant[];
  readonly left: Participant[];
}

/** A member, as the list of members sees it. */
export interface Attendee {
  /** What `who` calls it from now on. It arrives with its first name. */
  rename(name: string): void;
  /** From now on `change` returns who arrives and who leaves. */
  watch(): void;
  /** Who arrived and left since the last call; undefined: no one. */
  change(): Change | undefined;
}

export interface Joining {
  /** The same after every reconnect, so that the room knows which messages it has taken; empty: a new sender. */
  readonly secret: string;
  /** `ROOM:POSITION` of the last message heard before; empty: a newcomer. */
  readonly after: string;
  /** Called when there may be something to read. */
  readonly wake: () => void;
  /** Called when the room ends the membership, for example with `RESOURCE_EXHAUSTED` for a client that reads too slowly. */
  readonly end: (reason: Error) => void;
}

/** One client in the room. */
export interface Member extends Attendee {
  /** No other member of the room has it. */
  readonly code: string;
  /** `ROOM:POSITION` when it joined, for `after` when it comes back. Another room or an earlier position means that messages are lost. */
  readonly mark: string;
  /** The highest number that the room has taken from this sender before; 0: none. */
  readonly taken: number;
  /**
   * Resolves when the room has taken the line, or already had it. The lines of one member are taken one by one.
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
  /** It will say nothing more. `who` no longer lists it, and it hears the messages until now. */
  finish(): void;
  /** It has left: nothing is kept for it any more. */
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
