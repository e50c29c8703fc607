// `pnpm docs:check` holds every README against the code and the programs that it shows; `pnpm docs:write` mends it.
import { fileURLToPath } from 'node:url';
import { checkDocs } from './docs-check.ts';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const { files, faults } = await checkDocs(root, process.argv.includes('--write'));
for (const fault of faults) console.error(fault);
console.log(`${files} Markdown files, ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
