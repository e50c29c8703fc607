// A proxy between a server and a client, in both of its forms: one that reads messages, one that passes bytes.
import { fileURLToPath } from 'node:url';
import { defineService, type IterableHandlers, type ServeOptions } from 'grpc-iterables';
import { Messanger, MessangerProxy } from 'proto';
import type { MessangerHandlers } from 'proto/gen/messanger/Messanger';
import { connectMessanger, messangerProxy } from '../src/messanger-proxy.ts';
import { bytesDefinition, connectBytes, passThrough } from '../src/pass-through.ts';
import { connect, start, type Test } from './programs.ts';

export type Handlers = IterableHandlers<MessangerHandlers>;
export const messangerProto = fileURLToPath(new URL('../../../proto/messanger.proto', import.meta.url));

/** The simplest correct handlers: they return the count that they get. */
export const plainHandlers: Handlers = {
  async GetInfo({ keyword }) {
    return { channelInfo: [{ title: keyword }] };
  },
  async *JoinChannel({ idChannel }) {
    for (let number = 0; number < idChannel; number++) yield { message: String(number) };
  },
  async StartChannel(requests) {
    let count = 0;
    for await (const _ of requests) count++;
    return { status: `${count} requests` };
  },
  async *JoinChat(requests) {
    for await (const { text } of requests) yield { text: `${text}!` };
  },
};

function throughMessages(address: string) {
  const upstream = connectMessanger(address);
  return { upstream, service: messangerProxy(upstream), ClientClass: MessangerProxy };
}

function throughBytes(address: string) {
  const definition = bytesDefinition(messangerProto);
  const upstream = connectBytes(address, definition);
  return { upstream, service: passThrough(definition, upstream), ClientClass: Messanger };
}

export const forms = { 'the proxy of messages': throughMessages, 'the pass-through of bytes': throughBytes };
export type Form = keyof typeof forms;

/** A proxy in front of the server at `address`, and a client of the proxy. */
export async function startProxy(t: Test, form: Form, address: string, options: ServeOptions = {}) {
  const { upstream, service, ClientClass } = forms[form](address);
  t.after(upstream.close);
  const proxy = await start(t, service, options);
  return {
    proxy,
    client: connect(t, proxy.address, ClientClass),
    another: () => connect(t, proxy.address, ClientClass),
  };
}

/** Server, proxy and client. `errors` has the errors that only the server sees. */
export async function startProxied(
  t: Test,
  form: Form,
  handlers: Partial<Handlers> = {},
  options: { server?: ServeOptions; proxy?: ServeOptions } = {},
) {
  const errors: unknown[] = [];
  const service = defineService<MessangerHandlers>(
    Messanger.service,
    { ...plainHandlers, ...handlers },
    { onError: (error) => errors.push(error) },
  );
  const server = await start(t, service, options.server);
  return { server, errors, ...(await startProxy(t, form, server.address, options.proxy)) };
}
