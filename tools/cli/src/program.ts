// The options and arguments of a program, with Node's `parseArgs`. One description gives their values, their types and `--help`.
import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { Command, Item, Parse } from './command.ts';
import { helpText } from './help.ts';
import { UsageError } from './usage-error.ts';

function itemOf(spec: string, description: string, more: unknown[]): Item {
  const [parse, byDefault] = typeof more[0] === 'function' ? more : [(text: string) => text, more[0]];
  return { spec, description, parse: parse as Parse, byDefault };
}

const nameOf = ({ spec }: Item) => spec.replace(/^--| <.*/g, '');
const keyOf = (item: Item) => nameOf(item).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const takesValue = ({ spec }: Item) => spec.includes(' <');

/** A program with `--help`. On wrong usage it prints the error and exits with 2, as shells expect. */
export function program(name: string, description: string): Command {
  const options: Item[] = [];
  const parameters: Item[] = [];

  function parse() {
    try {
      const { values, positionals } = words(options);
      if (values.help) {
        console.log(helpText(name, description, options, parameters));
        process.exit(0);
      }
      const given = options.map((option) => [keyOf(option), optionValue(option, values[nameOf(option)])]);
      return { options: Object.fromEntries(given), args: argumentsOf(parameters, positionals) };
    } catch (error) {
      const isUsage = error instanceof UsageError || String(Object(error).code).startsWith('ERR_PARSE_ARGS');
      if (!isUsage) throw error;
      return wrongUsage(`${(error as Error).message}\n(--help shows how)`);
    }
  }
  const command = {
    option(flags: string, about: string, ...more: unknown[]) {
      options.push(itemOf(flags, about, more));
      return command;
    },
    argument(spec: string, about = '', ...more: unknown[]) {
      parameters.push(itemOf(spec, about, more));
      return command;
    },
    parse,
  };
  return command as unknown as Command;
}

/** Negative numbers are arguments and not options. They are marked with a character that a command line cannot contain. */
const MARK = '\0';
const unmarked = (text: string) => text.replace(MARK, '');

const HELP = { type: 'boolean', short: 'h' } as const;

function words(options: Item[]) {
  const known = options.map((option) => {
    const type = takesValue(option) ? ('string' as const) : ('boolean' as const);
    return [nameOf(option), { type, multiple: true }] as const;
  });
  return parseArgs({
    args: process.argv.slice(2).map((word) => (/^-\.?\d/.test(word) ? MARK + word : word)),
    options: Object.fromEntries([...known, ['help', HELP]]) as ParseArgsConfig['options'] & object,
    allowPositionals: true,
  });
}

function optionValue(option: Item, texts: string | boolean | (string | boolean)[] | undefined): unknown {
  const given = [texts ?? []].flat();
  if (!takesValue(option)) return given.length > 0;
  return given.reduce<unknown>((before, text) => parsed(option, String(text), before), option.byDefault);
}

function parsed(item: Item, text: string, before?: unknown): unknown {
  try {
    return item.parse(unmarked(text), before);
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${item.spec}: ${error.message}`);
    throw error;
  }
}

function argumentsOf(parameters: Item[], texts: string[]): unknown[] {
  const rest = texts.map(unmarked);
  const values = parameters.map((parameter) => {
    const { spec, byDefault } = parameter;
    const taken = rest.splice(0, spec.includes('...') ? rest.length : 1);
    if (taken.length === 0 && spec.startsWith('<')) throw new UsageError(`missing argument ${spec}`);
    if (spec.includes('...')) return taken.length > 0 ? taken : (byDefault ?? []);
    return taken[0] === undefined ? byDefault : parsed(parameter, taken[0]);
  });
  if (rest.length > 0) throw new UsageError(`too many arguments: ${rest.join(' ')}`);
  return values;
}

/** Prints what is wrong with the usage, and ends the program with 2. */
export function wrongUsage(message: string): never {
  console.error(message);
  process.exit(2);
}

/** Prints why the program fails, in one line, and sets its exit status. */
export function fail(message: string, exitCode: number): void {
  console.error(message);
  process.exitCode = exitCode;
}
