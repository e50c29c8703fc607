// Runs a stream that is silent for 3 s through a proxy that allows 1 s, in five ways.
//
//   pnpm exec tsx packages/production/between/test/through.ts
import { cancelStreams, idleStream, startServer, type Way } from './idle-stream.ts';
import { isInstalled, type ProxyName, startProxy } from './proxies.ts';

const proxies: ProxyName[] = ['nginx', 'haproxy'];
const ways: Way[] = ['silent', 'ping', 'beats of the client', 'beats of the server', 'beats of both'];

const CANCELLED = 100;

const server = await startServer();
for (const name of proxies) {
  if (!isInstalled(name)) {
    console.log(`${name} is not installed: apt-get install ${name}`);
    continue;
  }
  const proxy = await startProxy(name, server.address, 1);
  for (const way of ways) {
    const { ended, answers } = await idleStream(proxy.address, way, 3000);
    console.log(
      `${name}, ${way}: ${ended}, ${answers} of 2 answers; the server saw: ${server.endings.at(-1)}`,
    );
  }
  await cancelStreams(proxy.address, CANCELLED);
  await server.ended(ways.length + CANCELLED);
  const complete = server.endings
    .splice(0)
    .slice(ways.length)
    .filter((ending) => ending === 'complete').length;
  console.log(`${name}: ${complete} of ${CANCELLED} cancelled streams were complete for the server`);
  await proxy.stop();
}
await server.shutdown();
