// Keys as the broker takes them: letters, digits, - and _ and / stay, other bytes become =XX.
const NOT_ALLOWED = /[^A-Za-z0-9_/-]/gu;

/** The name of a key in the broker. */
export function toBroker(key: string): string {
  return key.replace(NOT_ALLOWED, (character) =>
    [...Buffer.from(character)].map((byte) => `=${byte.toString(16).padStart(2, '0')}`).join(''),
  );
}

/** The key that has this name in the broker; the name itself for one that other programs made up. */
export function fromBroker(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll('%', '=25').replaceAll('=', '%'));
  } catch {
    return name;
  }
}
