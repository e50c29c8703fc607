/** Everything that is wrong with a name. The list is empty if nothing is wrong. */
export function flawsOf(name: string): string[] {
  const flaws: string[] = [];
  if (name === '') flaws.push('must not be empty');
  if ([...name].length > 40) flaws.push(`has ${[...name].length} characters, at most 40 are allowed`);
  if (/\p{Cc}/u.test(name)) flaws.push('must not contain control characters');
  return flaws;
}

/** A greeting for one or several names. */
export function greet(names: string[]): string {
  return `Hello, ${names.join(' and ')}!`;
}

/** Counts down, as StreamHello does. */
export function* countdown(from: number): Generator<string> {
  for (let left = from; left > 0; left--) yield `This is ${left} Msg`;
}
