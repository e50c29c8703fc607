export { type Http2Channel, http2Channel } from './channel.ts';
export type { Http2ChannelOptions } from './options.ts';
