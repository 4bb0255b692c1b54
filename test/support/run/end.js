// Jest's global tear-down: what the run wrote goes.
import { rmSync } from 'node:fs';

export default function end() {
  rmSync(process.env.TMPDIR, { recursive: true, force: true });
}
