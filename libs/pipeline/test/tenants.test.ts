// What a process remembers of a tenant while instructions change: the word arrives with the commit, and nothing old outlives it.
import { CHANNELS } from '#libs/channels';
import { openTenants } from '../src/index.js';
import { CHANGES } from '#libs/store';
import { until } from '../../../test/support/until.js';
import { startLine, type Line } from './line.js';

let line: Line;
beforeAll(async () => {
  line = await startLine();
});
afterAll(() => line.stop());

const facts = { channels: Object.fromEntries(CHANNELS.map((c) => [c.manifest.channel, c.identifiers])) };

/** A second version of the tenant's document, submitted and waiting for its approval. */
async function submitted(tenantId: string) {
  const { version } = await line.store.instructionsAt(tenantId);
  const next = await line.store.submitInstructions(tenantId, { hash: 'next', document: version!.document, findings: [] }); // prettier-ignore
  const approval = { name: 'test', credential: 'test', rules: [], signature: 'none', needed: 1 as const };
  return { next, approve: () => line.store.approveInstructions(tenantId, next, approval) };
}

it('whoever approves and dies has told the others', async () => {
  const t = await line.tenant();
  const heard: string[] = [];
  await line.store.listen(CHANGES, { onMessage: (tenantId) => void heard.push(tenantId), onGap: () => undefined });
  const { approve } = await submitted(t.id);
  expect(await approve()).toBe('in-force');
  await until('it is heard of', () => heard.includes(t.id));
});

it('a connection that is being read while a version is approved is read again', async () => {
  const t = await line.tenant();
  let free = (): void => undefined;
  const held = new Promise<void>((resolve) => (free = resolve));
  let reading = (): void => undefined;
  const begun = new Promise<void>((resolve) => (reading = resolve));
  const { store } = line;
  const tenants = openTenants({
    store: {
      ...store,
      openConnection: async (...of: Parameters<typeof store.openConnection>) => {
        reading();
        await held;
        return store.openConnection(...of);
      },
    },
    channels: CHANNELS,
    facts,
    privacyPage: () => '',
  });
  const asked = tenants.connection(t.connectionId);
  await begun;
  const { next, approve } = await submitted(t.id);
  await approve();
  await tenants.changed(t.id);
  free();
  expect((await asked)?.tenant.instructions?.version).toBe(next);
  expect((await tenants.connection(t.connectionId))?.tenant.instructions?.version).toBe(next);
});

it('a bot is told the language of a browser only where that is kept and sent to it', async () => {
  const spoken = (change: object, identifiers: readonly string[]) =>
    line.tenant((d) => {
      Object.assign(d, { channels: { web: { identifiers: { visitor_id: 'keep', ...change } } } });
      Object.assign((d as unknown as { purposes: { support: object } }).purposes.support, { data: ['routing', 'content', 'profile'] }); // prettier-ignore
      Object.assign((d as unknown as { recipients: { bot: object } }).recipients.bot, { identifiers });
    });
  const told: unknown[] = [];
  line.bot.answer((request) => {
    told.push(request.body['locale'] ?? null);
    return { body: { messages: [] } };
  });
  const stored: unknown[] = [];
  for (const [change, identifiers] of [
    [{}, []],
    [{ locale: 'keep' }, []],
    [{ locale: 'keep' }, ['locale']],
  ] as const) {
    const t = await spoken(change, identifiers);
    await t.visitor().says({ text: 'hello', locale: 'de-AT' });
    await line.work();
    stored.push(...(await t.query<{ locale: string }>('SELECT locale FROM parley.conversation WHERE tenant_id = $1')).map(({ locale }) => locale)); // prettier-ignore
  }
  expect(told).toEqual([null, null, 'de-AT']);
  // The channel itself states no region.
  expect(stored).toEqual(['de', 'de', 'de']);
});

it('a stricter version takes out of what is held a language in which nobody can be spoken to', async () => {
  const keeping = (d: object): void => {
    Object.assign(d, { channels: { web: { identifiers: { visitor_id: 'keep', locale: 'keep' } } } });
    Object.assign(d, { purposes: { support: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing', 'content', 'profile'] } } }); // prettier-ignore
  };
  const t = await line.tenant(keeping);
  await t.visitor().says({ text: 'hello', locale: 'tlh' });
  await line.work();
  expect(await t.query('SELECT locale FROM parley.conversation WHERE tenant_id = $1')).toEqual([{ locale: 'tlh' }]);
  const version = await t.approve((d) => {
    keeping(d);
    Object.assign(d, { channels: { web: { identifiers: { visitor_id: 'keep' } } } });
  });
  await line.applied(t.id, version);
  expect(await t.query('SELECT locale FROM parley.conversation WHERE tenant_id = $1')).toEqual([{ locale: null }]);
});
