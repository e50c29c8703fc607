import { serve } from 'grpc-iterables';
import { greetering } from './service.ts';

// #region serve
const server = await serve([greetering], { port: 8084, handleSignals: true });
await server.closed;
// #endregion serve
