// The same over gRPC: sends each argument as a message and prints the replies.
// Start `pnpm websocket:server` in another terminal first.
import { printable, runClient } from 'cli';
import { Echo } from 'proto';

await runClient(
  {
    name: 'websocket',
    description: 'Sends messages in a gRPC call and prints the replies.',
    port: 8089,
    client: Echo,
    setup: (command) => command.argument('[messages...]', 'what to send', ['hello']),
  },
  async (client, { args: [messages], call }) => {
    // #region grpc-client
    const requests = messages.map((text: string) => ({ text }));
    for await (const { text } of client.talk(requests, call)) console.log(printable(text));
    console.log('closed');
    // #endregion grpc-client
  },
);
