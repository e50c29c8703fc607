// `pnpm wire`: shows what gRPC clients and a server send to each other.
import { parsePort, printable, UsageError } from 'cli';
import { endLost } from 'cli/lost-output';
import { fail, program } from 'cli/program';
import { clientTls, readPem, serverTls } from 'cli/tls';
import { firstOf, methodsInFiles, methodsOfProject } from './message-types.ts';
import { type Output, textOutput } from './outputs.ts';
import { openPage } from './page.ts';
import { readRecording, startRecording } from './recording.ts';
import { reflectionOf } from './reflection.ts';
import { startTap, type Tap } from './tap.ts';
import { lineOf } from './text.ts';

const TAP_PORT = 8090;
const PAGE_PORT = 8092;

const { options, args } = program('pnpm wire', 'Shows what gRPC clients and a server send to each other.')
  .argument('[recording]', 'a recording to show')
  .option('--to <host:port>', 'the server; clients connect to the tap instead', readAddress)
  .option('--host <address>', 'address to listen on for clients', '127.0.0.1')
  .option('--listen <port>', 'port to listen on for clients; 0 picks a free one', parsePort, TAP_PORT)
  .option('--text', 'print a line for each frame, instead of the page')
  .option('--port <port>', 'port of the page; 0 picks a free one', parsePort, PAGE_PORT)
  .option(
    '--record <file>',
    'write all frames to a file, with headers and messages; credentials in headers are left out',
  )
  .option(
    '--proto <file>',
    'a .proto file that describes the messages; repeat it for more files',
    addProto,
    [],
  )
  .option('--tls-cert <file>', 'certificate to speak TLS with clients', readPem)
  .option('--tls-key <file>', 'key of that certificate', readPem)
  .option(
    '--tls-ca <file>',
    'authority that signs certificates of clients, which then must have one',
    readPem,
  )
  .option(
    '--to-tls-ca <file>',
    "authority that signs the server's certificate, to speak TLS with it",
    readPem,
  )
  .option('--to-tls-cert <file>', 'certificate of the tap, for a server that asks for one', readPem)
  .option('--to-tls-key <file>', 'key of that certificate', readPem)
  .parse();

function addProto(file: string, before: string[]): string[] {
  return [...before, file];
}

function readAddress(text: string): string {
  const [, port] = /^(?:[\w.-]+|\[[\da-fA-F:.]+\]):(\d+)$/.exec(text) ?? [];
  if (port === undefined || !URL.canParse(`http://${text}`))
    throw new UsageError(`"${text}" is not an address such as 127.0.0.1:8082`);
  parsePort(port);
  return text;
}

async function print(path: string): Promise<void> {
  process.stdout.once('error', endLost);
  for await (const event of readRecording(path)) {
    try {
      console.log(lineOf(event));
    } catch {
      throw new UsageError(`${path} has an incomplete event: ${JSON.stringify(event).slice(0, 100)}`);
    }
  }
}

async function startRecordings(): Promise<Output[]> {
  const { record } = options;
  if (record === undefined) return [];
  const onFailed = ({ message }: Error) => console.error(`stopped recording to ${record}: ${message}`);
  return [await startRecording(record, onFailed)];
}

async function startTapBetween(to: string, outputs: Output[]): Promise<Tap> {
  const { host, listen: port, proto, tlsCa, tlsCert, tlsKey, toTlsCa, toTlsCert, toTlsKey } = options;
  const tlsForClients = serverTls({ tlsCa, tlsCert, tlsKey });
  const tlsToServer = clientTls({ tlsCa: toTlsCa, tlsCert: toTlsCert, tlsKey: toTlsKey });
  const named = proto.length > 0 ? [methodsInFiles(proto)] : [];
  const reflection = reflectionOf(to, tlsToServer);
  await reflection.asked;
  const tapOptions = {
    to,
    listen: { host, port },
    findMethod: firstOf(...named, methodsOfProject(), reflection.find),
    ...(tlsForClients ? { tlsForClients } : {}),
    ...(tlsToServer ? { tlsToServer } : {}),
  };
  return startTap(tapOptions, (event) => {
    for (const output of outputs) output.write(event);
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE')
      throw new UsageError(`port ${port} on ${host} is taken; choose another with --listen 0`);
    throw new UsageError(`cannot listen on ${host}:${port}: ${error.message}`);
  });
}

async function interrupted(): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

async function watchAsText(to: string): Promise<void> {
  const text = textOutput();
  const outputs = [...(await startRecordings()), text];
  const tap = await startTapBetween(to, outputs);
  text.say(`Serving a tap of ${to} on ${tap.address}`);
  await interrupted();
  await tap.close();
  for (const output of outputs) await output.close();
}

/** Shows on the page what passes to a server, what is in a recording, or what the user plays. */
async function showPage({ to, recording }: { to?: string | undefined; recording?: string | undefined }) {
  const recordings = await startRecordings();
  const page = await openPage({
    play: to === undefined && recording === undefined,
    port: options.port,
    onEvent: (event) => {
      for (const output of recordings) output.write(event);
    },
  });
  const shown: Output = { write: (event) => page.onEvent(event), close: () => page.close() };
  const outputs = [...recordings, shown];
  const tap = to === undefined ? undefined : await startTapBetween(to, outputs);
  if (tap) console.log(`Serving a tap of ${to} on ${tap.address}`);
  if (recording !== undefined) for await (const event of readRecording(recording)) page.onEvent(event);
  console.log(`Open ${page.url}`);
  await interrupted();
  await tap?.close();
  for (const output of outputs) await output.close();
}

try {
  const [recording] = args;
  const { to, text } = options;
  if (recording !== undefined && to !== undefined) throw new UsageError('give a recording or --to, not both');
  if (!text) await showPage({ to, recording });
  else if (recording !== undefined) await print(recording);
  else if (to !== undefined) await watchAsText(to);
  else throw new UsageError('--text needs the server, --to HOST:PORT, or a recording');
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  fail(printable(error.message), 2);
}
