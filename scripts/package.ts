// `pnpm package`: packs the libraries, to be installed elsewhere.
import { relative } from 'node:path';
import { packLibrary } from './pack-library.ts';
import { LIBRARIES } from './take/packed.ts';
import { root } from './workspace.ts';

for (const name of Object.keys(LIBRARIES)) console.log(relative(root, packLibrary(name)));
