import { defineService, type IterableClient, type Service } from 'grpc-iterables';
import { Messanger, MessangerProxy } from 'proto';
import type { MessangerClient } from 'proto/gen/messanger/Messanger';
import type { MessangerProxyHandlers } from 'proto/gen/proxy/MessangerProxy';
import { connectUpstream, type Upstream } from 'upstream';
import { forward, forwardStream } from './forward.ts';

type MessangerCalls = IterableClient<MessangerClient>;

export const connectMessanger = (address: string): Upstream<MessangerCalls> =>
  connectUpstream(Messanger, address);

/** `/proxy.MessangerProxy`: each call becomes the same call of `/messanger.Messanger`. */
export function messangerProxy(upstream: Upstream<MessangerCalls>): Service {
  // #region proxy
  return defineService<MessangerProxyHandlers>(MessangerProxy.service, {
    GetInfo: (request, context) =>
      forward(upstream, context, (messanger, options) => messanger.getInfo(request, options)),
    JoinChannel: (request, context) =>
      forwardStream(upstream, context, (messanger, options) => messanger.joinChannel(request, options)),
    StartChannel: (requests, context) =>
      forward(upstream, context, (messanger, options) => messanger.startChannel(requests, options)),
    JoinChat: (requests, context) =>
      forwardStream(upstream, context, (messanger, options) => messanger.joinChat(requests, options)),
  });
  // #endregion proxy
}
