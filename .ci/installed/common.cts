// A call through the installed packages, from CommonJS: the compiler writes `require` for these imports.
import { connect, defineService, serve } from 'grpc-iterables';
import { type Http2Channel, http2Channel } from 'http2-channel';
import { definition, Echo, type EchoHandlers } from './echo.cjs';

async function main(): Promise<void> {
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
  console.log('a call from CommonJS');
}
void main();
