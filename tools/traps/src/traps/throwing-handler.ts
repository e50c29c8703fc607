import { dyingServer } from '../dying-server.ts';

export const throwingHandler = dyingServer(
  { name: 'throwing-handler', title: 'An async handler that throws ends the server process' },
  'nobody',
);
