// The server's half of ../coming-from-grpc-js.md on grpc-js alone, as tutorials write it.
import { status } from '@grpc/grpc-js';
import type { GreeteringHandlers } from 'proto/gen/proto/Greetering';

/** Greets, and refuses an empty name. */
export const bareHandlers: GreeteringHandlers = {
  // #region unary
  Hello(call, callback) {
    const { name } = call.request;
    if (name === '') {
      callback({ code: status.INVALID_ARGUMENT, details: 'a name must not be empty' });
      return;
    }
    callback(null, { msg: `Hello, ${name}!` });
  },
  // #endregion unary

  // #region down
  StreamHello(call) {
    let left = 3;
    const timer = setInterval(() => {
      call.write({ msg: `${left} to go, ${call.request.name}` });
      left--;
      if (left > 0) return;
      clearInterval(timer);
      call.end();
    }, 10);
    call.on('cancelled', () => clearInterval(timer));
  },
  // #endregion down

  // #region up
  GreetEach(call, callback) {
    const names: string[] = [];
    call.on('data', ({ name }) => names.push(name));
    call.on('end', () => callback(null, { msg: `Hello, ${names.join(' and ')}!` }));
  },
  // #endregion up

  // #region both
  GreetTogether(call) {
    call.on('data', ({ name }) => call.write({ msg: `Hello, ${name}!` }));
    call.on('end', () => call.end());
  },
  // #endregion both
};
