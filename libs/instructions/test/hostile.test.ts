// Hostile documents within a process that has little memory: each is read or refused there, and none of them ends it.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('./hostile.mjs', import.meta.url));
/** Old space in MB; a document of the largest size that is read at all takes less. */
const MEMORY = 96;
/** Of the processor's time. Generous: all of it takes two. What compares each key with all before it takes half a minute for one of them. */
const MOST_SECONDS = 25;

it('all of them, one after another, in 96 MB', () => {
  const limited = ['-c', `ulimit -t ${MOST_SECONDS}; exec "$@"`, 'sh', process.execPath, `--max-old-space-size=${MEMORY}`, SCRIPT];
  const child = spawnSync('sh', limited, { encoding: 'utf8' });
  expect([child.status, child.signal, child.stderr]).toEqual([0, null, '']);
  const results = JSON.parse(child.stdout) as Record<string, { ok: boolean; errors: number; parts: number; words: number }>;
  expect(Object.keys(results).length).toBeGreaterThan(8);
  for (const [name, { ok, errors, words }] of Object.entries(results)) {
    const fine = name.startsWith('largest');
    expect([name, ok, errors > 0]).toEqual([name, fine, !fine]);
    // What is said of it is short, whatever its size.
    expect([name, words < 10_000]).toEqual([name, true]);
  }
}); // prettier-ignore

it('no more is looked at than the limits allow, however far aliases would lead', () => {
  const child = spawnSync(process.execPath, [SCRIPT], { encoding: 'utf8' });
  const results = JSON.parse(child.stdout) as Record<string, { parts: number }>;
  for (const [name, { parts }] of Object.entries(results)) expect([name, parts <= 60_000]).toEqual([name, true]);
});
