import type * as grpc from '@grpc/grpc-js';
import { didYouMean } from './did-you-mean.ts';
import type { ServerContext } from './server-context.ts';
import type { Messages } from './source-of-messages.ts';

/** A handler of any kind. The generated types have checked its messages. */
export type Handler = (input: unknown, context: ServerContext) => unknown;

/**
 * The handler of each method of a service, by the method's name.
 *
 * @param handlers an object of functions, or an instance of a class, which may have other members as well
 * @throws TypeError if a handler is missing, is not in the definition, or has the wrong kind
 */
export function handlersOf(definition: grpc.ServiceDefinition, handlers: object): Map<string, Handler> {
  const names = Object.keys(definition);
  const unknown = Object.keys(handlers).find((name) => !names.includes(name));
  if (unknown !== undefined && !isInstance(handlers)) {
    throw new TypeError(`no method ${unknown} in the service definition${didYouMean(unknown, names)}`);
  }
  return new Map(
    Object.entries(definition).map(([name, method]) => {
      const handler: unknown = Reflect.get(handlers, name);
      if (typeof handler !== 'function')
        throw new TypeError(`no handler for ${method.path}${misspelled(name, handlers, names)}`);
      checkKind(name, method, handler);
      return [name, handler.bind(handlers) as Handler];
    }),
  );
}

function isInstance(handlers: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(handlers);
  return prototype !== null && prototype !== Object.prototype;
}

/** A hint at the member of an instance that was probably meant for a method. */
function misspelled(name: string, handlers: object, names: string[]): string {
  if (!isInstance(handlers)) return '';
  const members = [handlers, Object.getPrototypeOf(handlers)].flatMap(Object.getOwnPropertyNames);
  const meant = members.find((member) => !names.includes(member) && didYouMean(member, [name]) !== '');
  return meant === undefined ? '' : `; it has ${meant}${didYouMean(meant, [name])}`;
}

/** Checks what types cannot check: programs in JavaScript, and handlers that were cast. */
function checkKind(name: string, method: grpc.MethodDefinition<unknown, unknown>, handler: object): void {
  const kind = Object.prototype.toString.call(handler);
  if (method.responseStream && kind === '[object AsyncFunction]') {
    throw new TypeError(
      `${method.path} answers with a stream: write its handler as "async *${name}", with a star`,
    );
  }
  if (!method.responseStream && kind.endsWith('GeneratorFunction]')) {
    throw new TypeError(
      `${method.path} answers with one message: write its handler as "async ${name}", without a star`,
    );
  }
}

/** The responses of a handler. @throws TypeError if the handler did not return an iterable */
export function responsesOf(
  returned: unknown,
  path: string,
  report: (error: unknown) => void,
): Messages<unknown> {
  const { [Symbol.asyncIterator]: isAsync, [Symbol.iterator]: isSync } = Object(returned);
  if (isAsync || isSync) return returned as Messages<unknown>;
  // If this promise rejected without a handler, the process would end.
  Promise.resolve(returned).catch(report);
  throw new TypeError(
    `${path} answers with a stream, but its handler did not return an iterable: write it as "async *", with a star`,
  );
}

/**
 * The bytes of what a handler returned for a method that answers with one message. A serializer may accept `undefined`, for
 * example as an empty message.
 *
 * @throws what the serializer throws; TypeError if the handler returned nothing
 */
export function bytesOfResponse(
  returned: unknown,
  { path, responseSerialize }: grpc.MethodDefinition<unknown, unknown>,
): Buffer {
  try {
    return responseSerialize(returned);
  } catch (cause) {
    if (returned !== undefined) throw cause;
    throw new TypeError(
      `${path} answers with one message, but its handler returned undefined: return the response, also where a handler of grpc-js calls back`,
      { cause },
    );
  }
}
