// The client's side of ../coming-from-go.md: the four kinds of call, the same as in greetering.go.
import { status } from '@grpc/grpc-js';
import { type IterableClient, StatusError } from 'grpc-iterables';
import type { GreeteringClient } from 'proto/gen/proto/Greetering';

type Client = IterableClient<GreeteringClient>;
type Print = (line: string) => void;

// #region unary
export async function hello(client: Client, print: Print) {
  try {
    const { msg } = await client.hello({ name: 'Ann' }, { timeout: 1000 });
    print(msg);
  } catch (error) {
    if (error instanceof StatusError && error.code === status.INVALID_ARGUMENT) {
      print('no such name');
    } else throw error;
  }
}
// #endregion unary

// #region down
export async function streamHello(client: Client, print: Print) {
  for await (const { msg } of client.streamHello({ name: 'Ann' })) print(msg);
}
// #endregion down

// #region up
export async function greetEach(client: Client, print: Print) {
  const { msg } = await client.greetEach([{ name: 'Ann' }, { name: 'Bob' }]);
  print(msg);
}
// #endregion up

// #region both
export async function greetTogether(client: Client, print: Print) {
  async function* names() {
    for (const name of ['Ann', 'Bob']) yield { name };
  }
  for await (const { msg } of client.greetTogether(names())) print(msg);
}
// #endregion both
