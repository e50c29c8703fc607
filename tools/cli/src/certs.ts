// `pnpm certs [folder]`: a certificate authority for development, and its certificates for a server and a client.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { developmentCertificates } from './certificates.ts';

const [folder = 'certs'] = process.argv.slice(2);
if (existsSync(folder)) {
  console.error(`${folder} already exists: choose another folder, or remove it`);
  process.exit(1);
}
await mkdir(folder, { recursive: true });
for (const [name, pem] of Object.entries(await developmentCertificates())) {
  // Only the owner may read the keys.
  await writeFile(`${folder}/${name}.pem`, pem, { mode: name.endsWith('-key') ? 0o600 : 0o644 });
}
console.log(`wrote ${folder}: ca, server, server-key, client, client-key, each as .pem`);
