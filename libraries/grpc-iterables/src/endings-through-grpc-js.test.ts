// Every row of the table again, with a client that calls through grpc-js's own channel.
import { useGrpcJsChannel } from '../test/transport.ts';

useGrpcJsChannel();
await import('./endings.test.ts');
await import('./false-ends.test.ts');
