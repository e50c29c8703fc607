// gRPC by hand: calls one of three methods, on any gRPC server that has it.
import { once } from 'node:events';
import { connect } from 'node:http2';
import { parseAddress } from 'cli/address';
import { printable } from 'cli/printable';
import { program, wrongUsage } from 'cli/program';
import { call } from './call.ts';
import { pow, sqrt, sum } from './contract.ts';
import { GrpcError, status } from './status.ts';

const CODES = Object.fromEntries(Object.entries(status).map(([name, code]) => [code, name]));

const { options, args } = program('pnpm by-hand:client', 'Calls a method with these numbers.')
  .argument('<method>', 'pow, sum or sqrt')
  .argument('<numbers...>', 'the numbers to send')
  .option('--address <host:port>', 'address of the server', parseAddress, '127.0.0.1:8085')
  .parse();
const [method, numbers] = args;
const { address } = options;
const wrong = numbers.find(
  (text) => Number.isNaN(Number(text)) || (method !== 'sqrt' && !/^-?\d+$/.test(text)),
);
if (wrong !== undefined) wrongUsage(`"${wrong}" is not a number that ${method} takes`);

const session = connect(`http://${address}`);
session.on('error', () => {});

async function run(): Promise<void> {
  if (method === 'pow') {
    for await (const { number } of call(session, pow, [{ number: numbers[0] ?? '' }])) console.log(number);
  } else if (method === 'sum') {
    for await (const response of call(
      session,
      sum,
      numbers.map((data) => ({ data })),
    ))
      console.log(response.sum);
  } else if (method === 'sqrt') {
    const requests = numbers.map((number) => ({ number: Number(number) }));
    for await (const response of call(session, sqrt, requests)) console.log(response.sqrt);
  } else {
    wrongUsage(`there is no method "${method}"; the methods are pow, sum and sqrt`);
  }
}

try {
  await run();
} catch (error) {
  if (!(error instanceof GrpcError)) throw error;
  const details = session.destroyed
    ? `${error.details}; start a server with "pnpm by-hand:server"`
    : error.details;
  console.error(`${CODES[error.code] ?? error.code}: ${printable(details)}`);
  process.exitCode = 1;
}
if (!session.destroyed) {
  session.close();
  await once(session, 'close');
}
