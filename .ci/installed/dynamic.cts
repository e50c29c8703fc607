// A call through the installed packages, from CommonJS. Under `module: node16` the compiler lets CommonJS only import ES modules
// while it runs.
import type { Http2Channel } from 'http2-channel' with { 'resolution-mode': 'import' };
import { definition, Echo, type EchoHandlers } from './echo.cjs';

async function main(): Promise<void> {
  const { connect, defineService, serve } = await import('grpc-iterables');
  const { http2Channel } = await import('http2-channel');
  const service = defineService<EchoHandlers>(definition, {
    async *Repeat({ text }) {
      for (let count = 0; count < 3; count++) yield { text };
    },
  });
  const server = await serve([service]);
  const channel: Http2Channel = http2Channel(server.address);
  const client = connect(Echo, channel);
  let heard = '';
  for await (const { text } of client.repeat({ text: 'la' })) heard += text;
  await client.close();
  await server.shutdown();
  if (heard !== 'lalala') throw new Error(`heard "${heard}"`);
  console.log('a call from CommonJS, by import()');
}
void main();
