import { credentials } from '@grpc/grpc-js';
import { http2Channel } from 'http2-channel';
import { ServerStream } from './contract.ts';

const channel = http2Channel('127.0.0.1:8082');
const client = new ServerStream('127.0.0.1:8082', credentials.createInsecure(), {
  channelOverride: channel,
});
for await (const { number } of client.pow({ number: 2 })) console.log(number);
await channel.close();
