/** A place in a room's order, as clients keep it: `ROOM:POSITION`. */
export const markOf = (room: string, position: number): string => `${room}:${position}`;

/** The position of a mark; undefined if it is none, or of another room: who brings it is a newcomer. */
export function positionOf(mark: string, room: string): number | undefined {
  const [, of, position] = /^(.+):(\d{1,15})$/.exec(mark) ?? [];
  return of === room ? Number(position) : undefined;
}
