import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { figureOf, type WorkResult } from './results.ts';

const source = fileURLToPath(new URL('../go/main.go', import.meta.url));
// Where Debian's packages put Go's libraries.
const env = { ...process.env, GO111MODULE: 'off', GOPATH: '/usr/share/gocode' };

/** The messages a millisecond of grpc-go, by the name of the work; undefined if Go or grpc-go is not installed. */
export function grpcGoFigures(): Record<string, number> | undefined {
  const { status, stdout } = spawnSync('go', ['run', source], { env, encoding: 'utf8', timeout: 120_000 });
  if (status !== 0) return undefined;
  const rows = stdout.trim().split('\n');
  return Object.fromEntries(rows.map((row) => row.split('\t')).map(([name, rate]) => [name, Number(rate)]));
}

/** Lines that compare grpc-go with this project. */
export function besideGo(grpcGo: Record<string, number>, results: WorkResult[]): string[] {
  return Object.entries(grpcGo).map(([work, rate]) => {
    const ours = figureOf(results, work, 'ours')?.toFixed(0) ?? '–';
    return `${`grpc-go, ${work}`.padEnd(64)} ${rate.toFixed(0).padStart(6)}  messages a ms, ours ${ours}`;
  });
}
