// The example environment and the operators' guide name every variable that the gateway reads, with its default, and no other.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { VARIABLES } from '#libs/platform';

const example = readFileSync('.env.example', 'utf8');
const guide = readFileSync('docs/operate.md', 'utf8');

describe('.env.example', () => {
  it('has one commented line per variable, below what it means, with its default outside production', () => {
    const expected = Object.entries(VARIABLES).map(
      ([name, { about, fallback }]) => `# ${about}\n#${name}=${fallback(false) ?? ''}`,
    );
    expect(
      example
        .split('\n\n')
        .slice(1)
        .map((block) => block.trim()),
    ).toEqual(expected);
  });
});

describe('the table in docs/operate.md', () => {
  const rows = new Map(
    [...guide.matchAll(/^\| `([A-Z_]+)` *\| ([^|]*) \|/gm)].map(([, name, fallback]) => [name!, fallback!.trim()]),
  );

  it('names the very same variables', () => {
    expect([...rows.keys()]).toEqual(Object.keys(VARIABLES));
  });

  it.each(Object.entries(VARIABLES))('%s has its default', (name, { fallback }) => {
    const value = fallback(false);
    if (value !== null) expect(rows.get(name)).toContain(`\`${value}\``);
    else expect(rows.get(name)).not.toContain('`');
    if (fallback(true) !== value) expect(rows.get(name)).toContain('in production');
  });
});

describe('docker/', () => {
  const known = new Set([...Object.keys(VARIABLES), 'POSTGRES_PASSWORD']);
  interface Compose {
    readonly services: Readonly<
      Record<string, { readonly image: string; readonly environment?: Readonly<Record<string, string>> }>
    >;
  }
  const compose = parse(readFileSync('docker/compose.yaml', 'utf8'), { merge: true }) as Compose;

  it('the compose file gives the gateway only variables that it reads', () => {
    const ours = Object.values(compose.services).filter(({ image }) => image === 'parley');
    expect(ours.length).toBe(2);
    const names = ours.flatMap(({ environment = {} }) => Object.keys(environment));
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !known.has(name))).toEqual([]);
  });

  it('docker/example.env and the Dockerfile name variables that exist', () => {
    const example = [...readFileSync('docker/example.env', 'utf8').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name!);
    const image = [...readFileSync('docker/Dockerfile', 'utf8').matchAll(/\b(PARLEY_[A-Z_]+)/g)].map(
      ([, name]) => name!,
    );
    expect(example).toContain('PARLEY_MASTER_KEY');
    expect([...example, ...image].filter((name) => !known.has(name))).toEqual([]);
  });
});
