import { type AudienceOptions, newAudience } from './audience.ts';
import { newCode } from './codes.ts';
import { markOf, positionOf } from './marks.ts';
import type { Line, Participant, Room } from './room.ts';
import { newTaken } from './taken.ts';

/** A room in this process: it is gone when the process is, and so is what was said in it. */
export function memoryRoom(options: AudienceOptions): Room {
  const id = newCode();
  const audience = newAudience(options);
  const members = new Map<string, Participant>();
  const taken = newTaken();
  let position = 0;

  function unusedCode(): string {
    const code = newCode();
    return members.has(code) ? unusedCode() : code;
  }

  return {
    size: audience.size,
    async close(reason) {
      audience.close(reason);
    },
    async join({ sender: known, after, wake, end }) {
      const code = unusedCode();
      const sender = known || code;
      const listener = audience.listen({ sender, after: positionOf(after, id), wake, end });
      members.set(code, { code, name: '' });

      return {
        code,
        mark: markOf(id, position),
        taken: taken.upTo(sender),
        rename: (name) => void members.set(code, { code, name }),
        async say({ name, text, number }: Line) {
          listener.check();
          if (taken.take(sender, number)) audience.hear({ position: ++position, sender, code, name, text });
        },
        read: listener.read,
        who: async () => [...members.values()],
        leave() {
          listener.leave();
          members.delete(code);
        },
      };
    },
  };
}
