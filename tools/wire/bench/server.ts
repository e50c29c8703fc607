// The server of the bench.
import { runServer } from 'cli';
import { answerFigures } from './figures.ts';
import { benchService } from './service.ts';

const payload = Buffer.alloc(2 ** 20, 7);
const service = benchService((_, size) => payload.subarray(0, size));

answerFigures();
await runServer({ name: 'wire:bench', serving: 'messages', port: 0, services: () => [service] });
