// A bytes server as a process of its own, for tests that stop or kill it. Its downloads send one message and stay open.
import { startServer } from './bytes-server.ts';

const { address } = await startServer(
  { after() {} },
  {
    handlers: {
      download(call) {
        const [count = 1, size = 0] = call.request.toString().split(' ').filter(Boolean).map(Number);
        for (let sent = 0; sent < count; sent++) call.write(Buffer.alloc(size));
      },
    },
  },
);
process.send?.(address);
process.once('disconnect', () => process.exit());
