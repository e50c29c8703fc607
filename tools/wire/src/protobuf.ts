// Bytes of protobuf as text for a person, whether its .proto is known or not:
// https://protobuf.dev/programming-guides/encoding/
import { isUtf8 } from 'node:buffer';
import protobuf from 'protobufjs';

const LONGEST = 300;
const DEEPEST = 20;
const LONGEST_HEX = 16;
const WIRE_TYPES: Readonly<Record<string, number>> = protobuf.types.basic;

/** The bytes end in the middle of a field. One for all: it is thrown for each long message, and a stack costs time. */
const CUT = new Error('cut');
const NOT_PROTOBUF = new Error('not protobuf');

/**
 * The fields of a message in one line, such as `number: 4 name: "Ann"`, cut when long.
 *
 * @param bytes the message, or its beginning
 * @param length of the whole message
 * @param type undefined if it is not known: fields have their numbers then
 */
export function textOf(bytes: Buffer, length: number, type?: protobuf.Type): string {
  const text = new Line();
  try {
    writeFields(new Reader(bytes), type && fieldsOf(type), text, 0);
  } catch (error) {
    if (error === CUT && bytes.length < length) return `${text} …`;
    if (error !== CUT && error !== NOT_PROTOBUF) throw error;
    return type ? `${text} (the rest is not a ${type.name}: ${hex(bytes, length)})` : hex(bytes, length);
  }
  return bytes.length < length || text.full ? `${text} …` : String(text);
}

/** What this needs of a field of protobufjs. */
type Field = Pick<protobuf.Field, 'name' | 'type' | 'repeated' | 'resolvedType'>;
type FindField = (number: number) => Field | undefined;

/** Text that stops growing when it is long. */
class Line {
  #text = '';

  get full(): boolean {
    return this.#text.length > LONGEST;
  }

  add(word: string): void {
    if (!this.full) this.#text += this.#text === '' ? word : ` ${word}`;
  }

  toString(): string {
    return this.#text.length > LONGEST ? this.#text.slice(0, LONGEST) : this.#text;
  }
}

class Reader {
  #at = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get more(): boolean {
    return this.#at < this.#bytes.length;
  }

  varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.bytes(1)[0] ?? 0;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 128) return BigInt.asUintN(64, value);
    }
    throw NOT_PROTOBUF;
  }

  bytes(length: number): Buffer {
    if (this.#at + length > this.#bytes.length) throw CUT;
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  /** All that is left, up to so many. */
  rest(length: number): Buffer {
    return this.bytes(Math.min(length, this.#bytes.length - this.#at));
  }
}

function writeFields(reader: Reader, find: FindField | undefined, text: Line, depth: number): void {
  while (reader.more && !text.full) {
    const tag = Number(reader.varint());
    const number = Math.floor(tag / 8);
    if (number === 0 || tag > 2 ** 32) throw NOT_PROTOBUF;
    const field = find?.(number);
    const name = field ? field.name : String(number);
    writeField(reader, tag % 8, name, field, text, depth);
  }
}

function writeField(
  reader: Reader,
  wire: number,
  name: string,
  field: Field | undefined,
  text: Line,
  depth: number,
): void {
  if (wire !== 2) {
    text.add(`${name}: ${scalarText(reader, wire, field)}`);
    return;
  }
  const length = Number(reader.varint());
  const bytes = reader.rest(length);
  const inside = fieldsInside(field);
  if (inside) {
    text.add(`${name} {`);
    if (depth === DEEPEST) text.add('…');
    else writeFields(new Reader(bytes), inside, text, depth + 1);
    if (bytes.length === length) text.add('}');
  } else if (field?.repeated && !['string', 'bytes'].includes(field.type))
    writePacked(bytes, name, field, text);
  else text.add(`${name}: ${bytesText(bytes, length, field)}`);
  if (bytes.length < length) throw CUT;
}

function writePacked(bytes: Buffer, name: string, field: Field, text: Line): void {
  const wire = WIRE_TYPES[field.type] ?? 0;
  const values = new Reader(bytes);
  while (values.more && !text.full) writeField(values, wire, name, field, text, 0);
}

/** A map is a list of messages with a key and a value. */
function fieldsOfEntry({ keyType, type, resolvedType }: protobuf.MapField): FindField {
  const key = { name: 'key', type: keyType, repeated: false, resolvedType: null };
  const value = { name: 'value', type, repeated: false, resolvedType };
  return (number) => (number === 1 ? key : number === 2 ? value : undefined);
}

function fieldsOf(type: protobuf.Type): FindField {
  return (number) => type.fieldsById[number]?.resolve();
}

/** The fields of a field that is a message; undefined for others. */
function fieldsInside(field: Field | undefined): FindField | undefined {
  if (field instanceof protobuf.MapField) return fieldsOfEntry(field);
  return field?.resolvedType instanceof protobuf.Type ? fieldsOf(field.resolvedType) : undefined;
}

function scalarText(reader: Reader, wire: number, field: Field | undefined): string {
  if (wire === 0) return varintText(reader.varint(), field);
  if (wire === 1) return fixed64Text(reader.bytes(8), field?.type);
  if (wire === 5) return fixed32Text(reader.bytes(4), field?.type);
  throw NOT_PROTOBUF;
}

function varintText(value: bigint, field: Field | undefined): string {
  if (field?.resolvedType instanceof protobuf.Enum)
    return field.resolvedType.valuesById[Number(BigInt.asIntN(32, value))] ?? String(value);
  switch (field?.type) {
    case 'bool':
      return String(value !== 0n);
    case 'int32':
    case 'int64':
      return String(BigInt.asIntN(64, value));
    case 'sint32':
    case 'sint64':
      return String((value >> 1n) ^ -(value & 1n));
    default:
      return String(value);
  }
}

function fixed32Text(bytes: Buffer, type: string | undefined): string {
  // The shortest text that is the same float.
  if (type === 'float') return String(Number(bytes.readFloatLE().toPrecision(7)));
  return String(type === 'sfixed32' ? bytes.readInt32LE() : bytes.readUInt32LE());
}

function fixed64Text(bytes: Buffer, type: string | undefined): string {
  if (type === 'double') return String(bytes.readDoubleLE());
  return String(type === 'sfixed64' ? bytes.readBigInt64LE() : bytes.readBigUInt64LE());
}

function bytesText(bytes: Buffer, length: number, field: Field | undefined): string {
  const isText = field ? field.type === 'string' : isPrintable(bytes);
  if (!isText) return hex(bytes, length);
  return JSON.stringify(bytes.toString('utf8', 0, LONGEST) + (length > LONGEST ? '…' : ''));
}

function isPrintable(bytes: Buffer): boolean {
  return isUtf8(bytes) && !/\p{Cc}/u.test(bytes.toString('utf8', 0, LONGEST));
}

function hex(bytes: Buffer, length: number): string {
  const text = bytes.toString('hex', 0, LONGEST_HEX);
  return length > LONGEST_HEX ? `0x${text}… (${length} bytes)` : `0x${text}`;
}
