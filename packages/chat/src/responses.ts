import type { ServiceDefinition } from '@grpc/grpc-js';
import type { FromServer } from 'proto/gen/chatserver/FromServer';
import { inParts } from './attendance.ts';
import type { Dropped, Participant, Said } from './room.ts';

const responses = new WeakMap<Said, FromServer>();

/** The response for a message: the same object for all clients that hear it. */
export function responseTo(heard: Said | Dropped): FromServer {
  if ('dropped' in heard) {
    const { dropped } = heard;
    const message =
      dropped === 1 ? 'a message is missing here' : `up to ${dropped} messages are missing here`;
    return { message, dropped };
  }
  let response = responses.get(heard);
  if (!response) {
    const { name, text, code, position } = heard;
    response = { name, message: text, code, position };
    responses.set(heard, response);
  }
  return response;
}

/** The answer to `who`, in parts that are small enough for a client. */
export function listOf(members: Participant[]): FromServer[] {
  const parts = inParts(members);
  return parts.map((part, index) => ({ members: part, more: index + 1 < parts.length }));
}

/** The same service, but a message for a thousand clients is turned into bytes once. */
export function serializedOnce<Definition extends ServiceDefinition>(definition: Definition): Definition {
  const entries = Object.entries(definition).map(([name, method]) => {
    const bytes = new WeakMap<object, Buffer>();
    const responseSerialize = (response: object): Buffer => {
      const known = bytes.get(response) ?? method.responseSerialize(response);
      bytes.set(response, known);
      return known;
    };
    return [name, { ...method, responseSerialize }];
  });
  return Object.fromEntries(entries);
}
