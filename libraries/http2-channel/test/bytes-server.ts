// A server with grpc-js alone. Its messages are bytes.
import {
  type ChannelOptions,
  type handleBidiStreamingCall,
  type handleClientStreamingCall,
  type handleServerStreamingCall,
  type handleUnaryCall,
  Server,
  ServerCredentials,
  type ServiceDefinition,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';

const same = (bytes: Buffer) => bytes;

function method<Requests extends boolean, Responses extends boolean>(
  name: string,
  requestStream: Requests,
  responseStream: Responses,
) {
  return {
    path: `/test.Bytes/${name}`,
    requestStream,
    responseStream,
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  };
}

export const bytesService = {
  unary: method('Unary', false, false),
  download: method('Download', false, true),
  upload: method('Upload', true, false),
  exchange: method('Exchange', true, true),
} satisfies ServiceDefinition;

export interface BytesHandlers extends UntypedServiceImplementation {
  unary: handleUnaryCall<Buffer, Buffer>;
  download: handleServerStreamingCall<Buffer, Buffer>;
  upload: handleClientStreamingCall<Buffer, Buffer>;
  exchange: handleBidiStreamingCall<Buffer, Buffer>;
}

/** Unary and Exchange echo; Upload answers with the number of bytes; Download sends "COUNT SIZE" messages. */
const echo: BytesHandlers = {
  unary: (call, callback) => callback(null, call.request),
  download(call) {
    const [count = 0, size = 0] = call.request.toString().split(' ').map(Number);
    let sent = 0;
    const go = () => {
      while (sent < count) {
        sent++;
        if (!call.write(Buffer.alloc(size, sent))) {
          call.once('drain', go);
          return;
        }
      }
      call.end();
    };
    go();
  },
  upload(call, callback) {
    let bytes = 0;
    call.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    call.on('end', () => callback(null, Buffer.from(String(bytes))));
  },
  exchange(call) {
    call.on('data', (chunk: Buffer) => call.write(chunk));
    call.on('end', () => call.end());
  },
};

interface TestContext {
  after(cleanUp: () => void): void;
}

interface ServerSetup {
  handlers?: Partial<BytesHandlers>;
  options?: ChannelOptions;
  credentials?: ServerCredentials;
  /** Its address. Default: a free port of 127.0.0.1. */
  address?: string;
}

export async function startServer(
  t: TestContext,
  {
    handlers = {},
    options = {},
    credentials = ServerCredentials.createInsecure(),
    address = '127.0.0.1:0',
  }: ServerSetup = {},
) {
  const server = new Server(options);
  server.addService(bytesService, Object.assign({}, echo, handlers));
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync(address, credentials, (error, bound) => (error ? reject(error) : resolve(bound))),
  );
  t.after(() => server.forceShutdown());
  return { server, port, address: address.replace(/:0$/, `:${port}`) };
}
