// The description of a program's options and arguments, and the types of their values.

/** The property of an option: that of `max-mb` is `maxMb`. */
type CamelCase<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : Name;
type WithValue = `--${string} <${string}>`;
type NameOf<Flags extends string> = Flags extends `--${infer Name} <${string}>`
  ? CamelCase<Name>
  : Flags extends `--${infer Name}`
    ? CamelCase<Name>
    : never;
type With<Options, Flags extends string, Value> = Options & { [Name in NameOf<Flags>]: Value };

/** `<name>` is required, `[name]` is optional, and `...` accepts several. */
type ArgumentOf<Spec extends string> = Spec extends `${string}...${string}`
  ? string[]
  : Spec extends `<${string}`
    ? string
    : string | undefined;

/** The options and arguments of a program that are described so far. */
export interface Command<Options = unknown, Args extends unknown[] = []> {
  /** Adds an option with a value: `--port <number>`. If it is given several times, the last one counts. */
  option<Flags extends WithValue>(
    flags: Flags,
    description: string,
  ): Command<With<Options, Flags, string | undefined>, Args>;
  option<Flags extends WithValue>(
    flags: Flags,
    description: string,
    byDefault: string,
  ): Command<With<Options, Flags, string>, Args>;
  /** @param parse gets the text and the last value of the option. It throws a UsageError if the text is wrong */
  option<Flags extends WithValue, Value>(
    flags: Flags,
    description: string,
    parse: (text: string) => Value,
  ): Command<With<Options, Flags, Value | undefined>, Args>;
  option<Flags extends WithValue, Value>(
    flags: Flags,
    description: string,
    parse: (text: string, before: Value) => Value,
    byDefault: Value,
  ): Command<With<Options, Flags, Value>, Args>;
  /** Adds an option without a value: `--all`. */
  option<Flags extends `--${string}`>(
    flags: Flags,
    description: string,
  ): Command<With<Options, Flags, boolean>, Args>;
  argument<Spec extends string>(
    spec: Spec,
    description?: string,
  ): Command<Options, [...Args, ArgumentOf<Spec>]>;
  argument<Spec extends string>(
    spec: Spec,
    description: string,
    byDefault: NonNullable<ArgumentOf<Spec>>,
  ): Command<Options, [...Args, NonNullable<ArgumentOf<Spec>>]>;
  argument<Value>(
    spec: string,
    description: string,
    parse: (text: string) => Value,
    byDefault: Value,
  ): Command<Options, [...Args, Value]>;
  /** Reads the command line. For `--help` it prints the help and exits. On wrong usage it prints the error and exits with 2. */
  parse(): { options: Options; args: Args };
}

export type Parse = (text: string, before?: unknown) => unknown;

export interface Item {
  /** Its description: `--port <number>`, `[names...]`. */
  readonly spec: string;
  readonly description: string;
  readonly parse: Parse;
  readonly byDefault: unknown;
}
