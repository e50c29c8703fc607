import { printable } from 'cli';
import { newNames } from './names.ts';
import type { Participant } from './room.ts';
import type { Happening } from './session.ts';

// When several arrive or leave at once, only so many are shown by name.
const MOST_NAMED = 5;
const LONGEST_REASON = 100;

/** Lines for the user about what happens. Lines that begin with `* ` are notices of this program. No name can begin like that. */
export function newDescription(): (happening: Happening) => string[] {
  let called = newNames();
  let away = false;

  function describe(happening: Happening): string[] {
    switch (happening.type) {
      case 'joined':
        return joined(happening);
      case 'said':
        return said(happening);
      case 'dropped':
        return [`* ${printable(happening.text)}`];
      case 'present':
        return [`* here: ${happening.members.map(nameOf).join(', ')}`];
      case 'changed':
        return [...some(happening.arrived, 'arrived'), ...some(happening.left, 'left')];
      case 'lost':
        return lost(happening.reason.details);
      case 'acknowledged':
        return [];
    }
  }

  function said({ name, code, text }: { name: string; code: string; text: string }): string[] {
    if (name !== '') return [`${called({ name, code })}: ${printable(text)}`];
    // The server speaks, not a member.
    return text === '' ? [] : [`* ${printable(text)}`];
  }

  function joined({ code, isNewRoom }: { code: string; isNewRoom: boolean }): string[] {
    const line = `* ${away ? 'back' : 'joined'} as ${printable(code)}`;
    away = false;
    // In the new room all members have new codes.
    if (isNewRoom) called = newNames();
    return isNewRoom
      ? [
          line,
          '* this is a new room: the last messages of others may be missing, and your own last messages may come twice',
        ]
      : [line];
  }

  /** An outage is shown in one line, however often this client tries to connect. */
  function lost(details: string): string[] {
    if (away) return [];
    away = true;
    const reason = printable(details);
    const shown = reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON)}…` : reason;
    return [`* lost: ${shown}; trying again`];
  }

  const nameOf = (member: Participant) =>
    member.name === '' ? `? (${printable(member.code)})` : called(member);

  function some(members: readonly Participant[], what: string): string[] {
    if (members.length === 0) return [];
    const names = members.slice(0, MOST_NAMED).map(nameOf);
    const others = members.length - names.length;
    return [`* ${what}: ${names.join(', ')}${others > 0 ? ` and ${others} more` : ''}`];
  }

  return describe;
}
