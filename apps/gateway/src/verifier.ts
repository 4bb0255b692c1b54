// The stand-alone verifier, to be given away with evidence: the same file that the documentation offers.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Beside the sources, where it lies also when the compiled code runs. */
const FILE = fileURLToPath(
  new URL('../../../docs/tools/verify-ledger.mjs', import.meta.url.replace('/dist/apps/gateway/', '/apps/gateway/')),
);

export const readVerifier = (): Promise<Buffer> => readFile(FILE);
