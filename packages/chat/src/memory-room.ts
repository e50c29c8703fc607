import { newAttendance } from './attendance.ts';
import { type AudienceOptions, newAudience } from './audience.ts';
import { newCode, senderOf } from './codes.ts';
import { markOf, readMark } from './marks.ts';
import type { Room } from './room.ts';
import { newTaken } from './taken.ts';

/** A room in this process. When the process ends, the room and its messages are lost. */
export function memoryRoom(options: AudienceOptions): Room {
  const id = newCode();
  const audience = newAudience(options);
  const attendance = newAttendance((change) => attendance.announce(change));
  const taken = newTaken();
  let position = 0;

  function unusedCode(): string {
    const code = newCode();
    return attendance.has(code) ? unusedCode() : code;
  }

  /** The position after which a client hears; undefined: it is a newcomer. */
  function placeOf(after: string): number | undefined {
    const mark = readMark(after);
    if (!mark) return undefined;
    // It was in an earlier room, so every message in this room is new to it.
    if (mark.room !== id) return 0;
    return mark.position <= position ? mark.position : undefined;
  }

  return {
    size: audience.size,
    async close(reason) {
      audience.close(reason);
    },
    async join({ secret, after, wake, end }) {
      const code = unusedCode();
      const sender = senderOf(secret);
      const listener = audience.listen({ sender, after: placeOf(after), wake, end });
      const { exit, ...attendee } = attendance.enter(code, wake);

      return {
        ...listener,
        ...attendee,
        code,
        mark: markOf(id, position),
        taken: taken.upTo(sender),
        async say({ name, text, number }) {
          listener.check();
          if (taken.take(sender, number)) audience.hear({ position: ++position, sender, code, name, text });
        },
        who: async () => attendance.list(),
        finish() {
          listener.finish();
          exit();
        },
        leave() {
          listener.leave();
          exit();
        },
      };
    },
  };
}
