import type { ServiceDefinition } from '@grpc/grpc-js';
import type { FromServer } from 'proto/gen/chatserver/FromServer';
import type { Dropped, Said } from './room.ts';

const responses = new WeakMap<Said, FromServer>();

/** What a client is sent: for everyone who hears a message the same object. */
export function responseTo(heard: Said | Dropped): FromServer {
  if ('dropped' in heard) {
    const { dropped } = heard;
    return { message: `${dropped} ${dropped === 1 ? 'message is' : 'messages are'} missing here`, dropped };
  }
  let response = responses.get(heard);
  if (!response) {
    const { name, text, code, position } = heard;
    response = { name, message: text, code, position };
    responses.set(heard, response);
  }
  return response;
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
