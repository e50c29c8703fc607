// The code that the README shows. Start `pnpm server-stream:server` first.
import { credentials } from '@grpc/grpc-js';
import { ServerStream } from 'proto';
import { http2Channel } from '../src/index.ts';

// #region override
const channel = http2Channel('127.0.0.1:8082');
const client = new ServerStream('127.0.0.1:8082', credentials.createInsecure(), {
  channelOverride: channel,
});
for await (const { number } of client.pow({ number: 2 })) console.log(number);
await channel.close();
// #endregion override
