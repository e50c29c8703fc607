/** A place in a room's order, as clients keep it: `ROOM:POSITION`. */
export interface Mark {
  readonly room: string;
  readonly position: number;
}

export const markOf = (room: string, position: number): string => `${room}:${position}`;

/** Reads a mark; undefined if the text is not one. A client without a mark is a newcomer. */
export function readMark(text: string): Mark | undefined {
  const [, room, position] = /^([^:]+):(\d{1,15})$/.exec(text) ?? [];
  return room === undefined ? undefined : { room, position: Number(position) };
}
