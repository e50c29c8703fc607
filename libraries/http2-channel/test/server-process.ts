// A bytes server as a process of its own, for tests that stop or kill it. Its downloads stay open after
// their last message, and it says when that is sent.
import { startServer } from './bytes-server.ts';

const { address } = await startServer(
  { after() {} },
  {
    handlers: {
      download(call) {
        const [count = 1, size = 0] = call.request.toString().split(' ').filter(Boolean).map(Number);
        for (let sent = 1; sent < count; sent++) call.write(Buffer.alloc(size));
        call.write(Buffer.alloc(size), () => process.send?.('sent'));
      },
    },
  },
);
process.send?.(address);
process.once('disconnect', () => process.exit());
