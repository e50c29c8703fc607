// The client's half of ../coming-from-grpc-js.md on grpc-js alone, as tutorials write it.
import { type ServiceError, status } from '@grpc/grpc-js';
import type { GreeteringClient } from 'proto/gen/proto/Greetering';

type Print = (line: string) => void;
type Done = (error?: ServiceError) => void;

// #region unary
export function hello(client: GreeteringClient, print: Print, done: Done) {
  client.Hello({ name: 'Ann' }, { deadline: Date.now() + 1000 }, (error, response) => {
    if (error?.code === status.INVALID_ARGUMENT) print('no such name');
    else if (error) return done(error);
    else print(response?.msg ?? '');
    done();
  });
}
// #endregion unary

// #region down
export function streamHello(client: GreeteringClient, print: Print, done: Done) {
  const call = client.StreamHello({ name: 'Ann' });
  call.on('data', ({ msg }) => print(msg));
  call.on('error', done);
  call.on('end', () => done());
}
// #endregion down

// #region up
export function greetEach(client: GreeteringClient, print: Print, done: Done) {
  const call = client.GreetEach((error, response) => {
    if (error) return done(error);
    print(response?.msg ?? '');
    done();
  });
  for (const name of ['Ann', 'Bob']) call.write({ name });
  call.end();
}
// #endregion up

// #region both
export function greetTogether(client: GreeteringClient, print: Print, done: Done) {
  const call = client.GreetTogether();
  call.on('data', ({ msg }) => print(msg));
  call.on('error', done);
  call.on('end', () => done());
  for (const name of ['Ann', 'Bob']) call.write({ name });
  call.end();
}
// #endregion both
