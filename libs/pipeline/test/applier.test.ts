// A stricter version on what is held, on a real database: everything it forbids goes, batch by batch, whatever happens meanwhile.
import { randomUUID } from 'node:crypto';
import { startLine, type Change, type Line } from './line.js';

let line: Line;
beforeAll(async () => {
  line = await startLine();
});
afterAll(() => line.stop());
beforeEach(() => line.bot.answer(() => ({ body: { messages: [] } })));

const IDENTIFIERS = {
  visitor_id: 'keep',
  ip: 'keep',
  user_agent: 'keep',
  page_title: 'keep',
  message_id: 'keep',
  geo: 'keep',
};
const identifiers =
  (change: Record<string, unknown>): Change =>
  (d) =>
    Object.assign(d, { channels: { web: { identifiers: { ...IDENTIFIERS, ...change } } } });
const LAX = identifiers({});
const TRANSPORT = { ip: '203.0.113.77', userAgent: 'Agent/1.0' };

describe('identifiers', () => {
  it('are dropped, pseudonymised and coarsened in what is held; a ledger leaf says so, and what comes later is decided by itself', async () => {
    const t = await line.tenant(LAX);
    const anna = t.visitor();
    await anna.says({ text: 'one' }, { transport: TRANSPORT });
    await line.work();
    const version = await t.approve(identifiers({ ip: 'truncate', user_agent: 'pseudonymise', message_id: 'drop' }));
    const before = await anna.says({ text: 'two' }, { transport: TRANSPORT });
    const row = await line.applied(t.id, version);
    expect(row).toMatchObject({ state: 'done', total: 1, examined: 1, changed: 1 });
    expect([...row.stricter].sort()).toEqual(
      ['ip', 'message_id', 'user_agent'].map((key) => `/channels/web/identifiers/${key}`),
    );
    const [old, fresh] = await t.held();
    expect(before).not.toBe('');
    // The same value becomes the same pseudonym, whether it was held or came later.
    expect(old).toEqual({ ...fresh, content: { type: 'text', text: 'one' } });
    expect(old!.identifiers['ip']).toBe('203.0.113.0');
    expect(old!.forms).toEqual({ ip: 'truncate', user_agent: 'pseudonymise' });
    expect(JSON.stringify(old)).not.toContain('Agent');
    const leaves = await t.query<{ leaf: { type: string } }>(
      "SELECT leaf FROM parley.ledger_leaf WHERE tenant_id = $1 AND leaf->>'type' = 'instructions-applied'",
    );
    expect(leaves.map(({ leaf }) => leaf)).toEqual([
      expect.objectContaining({ version, stricter: row.stricter, examined: 1, changed: 1 }),
    ]);
  });

  it('that lead to a person go too, and everybody forgets whom they knew', async () => {
    const t = await line.tenant(LAX);
    await t.visitor().says({ text: 'one' });
    const version = await t.approve((d) =>
      Object.assign(d, { channels: { 'whatsapp-cloud': { identifiers: { wa_id: 'keep' } } } }),
    );
    await line.applied(t.id, version);
    expect(await t.query('SELECT 1 FROM parley.identity WHERE tenant_id = $1')).toEqual([]);
  });

  it('a laxer version touches nothing, and nothing is looked at', async () => {
    const t = await line.tenant(identifiers({ ip: 'truncate', user_agent: 'drop' }));
    await t.visitor().says({ text: 'one' }, { transport: TRANSPORT });
    const before = await t.rows();
    const version = await t.approve(LAX);
    expect(await line.applied(t.id, version)).toMatchObject({
      state: 'not-needed',
      examined: 0,
      changed: 0,
      stricter: [],
    });
    expect(await t.rows()).toEqual(before);
  });

  it('a laxer version after a stricter one does not undo it', async () => {
    const t = await line.tenant(LAX);
    await t.visitor().says({ text: 'one' }, { transport: TRANSPORT });
    const strict = await t.approve(identifiers({ ip: 'drop' }));
    await new Promise((resume) => setTimeout(resume, 5));
    const lax = await t.approve(LAX);
    await line.applied(t.id, strict);
    await line.applied(t.id, lax);
    expect((await t.held())[0]!.identifiers).not.toHaveProperty('ip');
  });
});

describe('content', () => {
  it('that no purpose uses any more is emptied, files and what we said included', async () => {
    line.bot.answer(() => ({ body: { messages: [{ type: 'text', text: 'our answer' }] } }));
    const t = await line.tenant(LAX);
    const anna = t.visitor();
    await anna.says(
      { text: 'hello' },
      { files: [{ mime: 'image/png', name: 'me.png', bytes: Buffer.from('a picture') }] },
    );
    await line.work();
    expect(JSON.stringify(await t.said())).toContain('our answer');
    const purposes = { support: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing', 'network', 'device'] } };
    const version = await t.approve((d) => (LAX(d), Object.assign(d, { purposes })));
    expect((await line.applied(t.id, version)).stricter).toEqual([
      '/purposes?data=content',
      '/purposes?data=attachments',
    ]);
    expect(JSON.stringify([await t.held(), await t.said()])).not.toMatch(/hello|our answer|me\.png/);
    expect(await t.query('SELECT 1 FROM parley.attachment WHERE tenant_id = $1')).toEqual([]);
  });

  it('files of other types and sizes go, and metadata is taken out of the others', async () => {
    const t = await line.tenant((d) =>
      Object.assign(d, { channels: { web: { identifiers: { ...IDENTIFIERS, file_metadata: 'keep' } } } }),
    );
    const anna = t.visitor();
    const jpeg = jpegWith('GPS-CANARY');
    await anna.says({}, { files: [{ mime: 'image/jpeg', bytes: jpeg }] });
    await anna.says({}, { files: [{ mime: 'application/pdf', bytes: Buffer.from('a contract') }] });
    await line.work();
    expect(
      await t.query<{ size: number }>('SELECT size FROM parley.attachment WHERE tenant_id = $1 ORDER BY id'),
    ).toEqual([{ size: jpeg.length }, { size: 10 }]);
    const version = await t.approve((d) =>
      Object.assign(d, {
        channels: { web: { identifiers: IDENTIFIERS, attachments: { types: ['image/*'], maxBytes: 1_000 } } },
      }),
    );
    await line.applied(t.id, version);
    const [left, ...none] = await t.query<{ size: number; mime: string }>(
      'SELECT size, mime FROM parley.attachment WHERE tenant_id = $1',
    );
    expect([left!.mime, none]).toEqual(['image/jpeg', []]);
    expect(left!.size).toBeLessThan(jpeg.length);
    expect((await t.held()).map((body) => body?.content?.type ?? null)).toEqual(['media', null]);
  });

  it('is tokenised, then redacted: the table of tokens goes with what it stands for', async () => {
    line.bot.answer(({ body }) => ({
      body: { messages: [{ type: 'text', text: `you are ${(body['message'] as unknown as { text: string }).text}` }] },
    }));
    const t = await line.tenant(LAX);
    await t.visitor().says({ text: 'ada@example.org' });
    await line.work();
    expect(JSON.stringify(await t.said())).toContain('you are ada@example.org');
    const tokens = await t.approve((d) => (LAX(d), Object.assign(d, { freeText: { beforeStore: 'tokenise' } })));
    await line.applied(t.id, tokens);
    expect([await t.held(), await t.said()].map((list) => JSON.stringify(list))).toEqual([
      expect.stringContaining('"[email:1]"'),
      expect.stringContaining('you are [email:1]'),
    ]);
    expect(JSON.stringify([await t.shown('in'), await t.shown('out')])).toMatch(
      /ada@example\.org.*you are ada@example\.org/,
    );
    const redact = await t.approve((d) => (LAX(d), Object.assign(d, { freeText: { beforeStore: 'redact' } })));
    await line.applied(t.id, redact);
    expect(JSON.stringify([await t.held(), await t.said()])).not.toMatch(/ada@|:1\]/);
    expect(await t.query('SELECT 1 FROM parley.conversation WHERE tenant_id = $1 AND tokens IS NOT NULL')).toEqual([]);
  });

  it.each([
    ['specialCategories', 'I have cancer', 'I have [removed]'],
    ['criminalData', 'I was convicted', 'I was [removed]'],
  ])('that %s allowed until now is taken out of what is held', async (section, text, left) => {
    const t = await line.tenant((d) => (LAX(d), Object.assign(d, { [section]: { mode: 'allow' } })));
    await t.visitor().says({ text });
    await line.work();
    expect(JSON.stringify(await t.held())).toContain(text);
    const version = await t.approve(LAX);
    expect((await line.applied(t.id, version)).stricter).toEqual([`/${section}`]);
    expect((await t.held()).map((body) => body?.content)).toEqual([{ type: 'text', text: left }]);
  });

  it('that waits on a channel which is switched off is neither forwarded nor answered', async () => {
    const t = await line.tenant(LAX);
    await t.visitor().says({ text: 'waiting' });
    const version = await t.approve((d) =>
      Object.assign(d, { channels: { web: { enabled: false, identifiers: IDENTIFIERS } } }),
    );
    await line.applied(t.id, version);
    line.bot.asked.length = 0;
    await line.work();
    expect((await t.rows()).map(({ state, body }) => [state, body])).toEqual([['dropped', null]]);
    expect(line.bot.asked).toEqual([]);
  });
});

describe('the job', () => {
  it('goes on where a crash left it, does nothing twice, and its progress can be watched', async () => {
    const t = await line.tenant(LAX);
    const anna = t.visitor();
    for (let n = 0; n < 5; n += 1) await anna.says({ text: `n${n}` }, { transport: TRANSPORT });
    const version = await t.approve(identifiers({ ip: 'drop' }));
    const dying = line.applierOf({ ...line.store, nextRound: () => Promise.reject(new Error('crash')) });
    await dying.run();
    expect(await line.store.application(t.id, version)).toMatchObject({
      state: 'running',
      round: 1,
      examined: 5,
      changed: 5,
    });
    expect(await line.applied(t.id, version)).toMatchObject({ state: 'done', examined: 5, changed: 5 });
    expect(JSON.stringify(await t.held())).not.toContain('203.0.113');
  });

  it('a batch that fails half-way has changed nothing', async () => {
    const t = await line.tenant(LAX);
    const anna = t.visitor();
    await anna.says({ text: 'good' }, { transport: TRANSPORT });
    await anna.says({ text: 'bad' }, { transport: TRANSPORT });
    const version = await t.approve(identifiers({ ip: 'drop' }));
    const { applyToHeld } = line.store;
    const half = (tenantId: string, of: number, given: Parameters<typeof applyToHeld>[2]) =>
      applyToHeld(tenantId, of, { ...given, work: async (batch) => ({ ...(await given.work(batch)), filesGone: ['no id'] }) }); // prettier-ignore
    await line.applierOf({ ...line.store, applyToHeld: half }).run();
    expect(await line.store.application(t.id, version)).toMatchObject({ state: 'running', examined: 0, changed: 0 });
    expect(
      (
        await t.query<{ n: number }>(
          'SELECT count(*)::int AS n FROM parley.message WHERE tenant_id = $1 AND body IS NOT NULL',
        )
      )[0]!.n,
    ).toBe(2);
    expect((await t.held()).map((one) => 'ip' in one!.identifiers)).toEqual([true, true]);
    expect(await line.applied(t.id, version)).toMatchObject({ state: 'done', changed: 2 });
  });

  it('leaves a conversation to the worker that has it in hand, and comes back for it', async () => {
    const t = await line.tenant(LAX);
    const anna = t.visitor();
    await anna.says({ text: 'one' }, { transport: TRANSPORT });
    const lease = randomUUID();
    await line.store.takeTurn(t.id, anna.conversationId, lease);
    const version = await t.approve(identifiers({ ip: 'drop' }));
    await line.applier.run();
    expect(await line.store.application(t.id, version)).toMatchObject({ state: 'settling', changed: 0 });
    expect((await t.held())[0]!.identifiers).toHaveProperty('ip');
    await line.store.releaseTurn(t.id, anna.conversationId, { lease, retryInMs: null });
    expect(await line.applied(t.id, version)).toMatchObject({ state: 'done', changed: 1 });
    expect((await t.held())[0]!.identifiers).not.toHaveProperty('ip');
  });

  it('finds what was decided by the version before and committed after it had looked', async () => {
    const t = await line.tenant(LAX);
    const anna = t.visitor();
    await anna.says({ text: 'one' }, { transport: TRANSPORT });
    const version = await t.approve(identifiers({ ip: 'drop' }));
    await line.applier.run();
    await line.admin.query(
      `UPDATE parley.instruction_application SET not_before = now() + interval '1 hour' WHERE tenant_id = $1`,
      [t.id],
    );
    const late = await anna.says({ text: 'late' }, { transport: TRANSPORT });
    // As a process that had not heard of the version yet would have committed it.
    const [, seen] = await t.rows();
    expect(seen!.id).toBe(late);
    await line.admin.query('UPDATE parley.message SET instruction_version = 1 WHERE id = $1', [late]);
    await line.admin.query(`UPDATE parley.instruction_application SET not_before = now() WHERE tenant_id = $1`, [t.id]);
    await line.applied(t.id, version);
    expect((await t.held()).map((body) => Object.keys(body!.identifiers).includes('ip'))).toEqual([false, false]);
  });

  it('waits while something has to be kept for a legal claim', async () => {
    const t = await line.tenant(LAX);
    await t.visitor().says({ text: 'evidence' }, { transport: TRANSPORT });
    const legalHolds = [{ scope: 'content', basis: 'A17-3-e claim 7', from: '2026-01-01' }];
    const version = await t.approve((d) => (identifiers({ ip: 'drop' })(d), Object.assign(d, { legalHolds })));
    await line.applier.run();
    expect(await line.store.application(t.id, version)).toMatchObject({ state: 'on-hold', changed: 0 });
    expect((await t.held())[0]!.identifiers).toHaveProperty('ip');
  });

  it('begins when the version comes into force, not when it is approved', async () => {
    const t = await line.tenant(LAX);
    await t.visitor().says({ text: 'one' }, { transport: TRANSPORT });
    const version = await t.approve(
      (d) => (identifiers({ ip: 'drop' })(d), Object.assign(d, { effective: { from: '2099-01-01' } })),
    );
    await line.applier.run();
    expect(await line.store.application(t.id, version)).toMatchObject({ state: 'waiting', started_at: null });
  });

  it("touches nothing of another tenant's", async () => {
    const [t, other] = [await line.tenant(LAX), await line.tenant(LAX)];
    for (const one of [t, other]) await one.visitor().says({ text: 'one' }, { transport: TRANSPORT });
    const before = await other.rows();
    await line.applied(t.id, await t.approve(identifiers({ ip: 'drop' })));
    expect(await other.rows()).toEqual(before);
  });
});

/** The smallest JPEG that carries EXIF. */
function jpegWith(text: string): Buffer {
  const exif = Buffer.concat([Buffer.from('Exif\0\0II*\0\x08\0\0\0\0\0', 'latin1'), Buffer.from(text)]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(exif.length + 2);
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe1]), length, exif, Buffer.from([0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9])]);
} // prettier-ignore

describe('what stands in its way', () => {
  it('a message that no key opens stays as it is, and holds up nothing else', async () => {
    const t = await line.tenant(LAX);
    const [anna, ben] = [t.visitor(), t.visitor()];
    const broken = await anna.says({ text: 'one' }, { transport: TRANSPORT });
    await ben.says({ text: 'two' }, { transport: TRANSPORT });
    await line.work();
    await line.admin.query('UPDATE parley.message SET body = set_byte(body, 20, 255 - get_byte(body, 20)) WHERE id = $1', [broken]); // prettier-ignore
    const version = await t.approve(identifiers({ ip: 'drop' }));
    expect(await line.applied(t.id, version)).toMatchObject({ state: 'done', examined: 2, changed: 1 });
    expect((await t.rows()).find((row) => row.id === broken)?.body).not.toBeNull();
  });

  it('a failure is tried again after a while, and after a longer one', async () => {
    const t = await line.tenant(LAX);
    await t.visitor().says({ text: 'one' }, { transport: TRANSPORT });
    await line.work();
    const version = await t.approve(identifiers({ ip: 'drop' }));
    const rests: number[] = [];
    const restApplication: typeof line.store.restApplication = (tenantId, of, inMs) => {
      if (tenantId === t.id) rests.push(inMs);
      return line.store.restApplication(tenantId, of, inMs);
    };
    const failing = line.applierOf({ ...line.store, restApplication, applyToHeld: () => Promise.reject(new Error('no')) }); // prettier-ignore
    for (const seconds of [1, 2, 4]) {
      await line.admin.query('UPDATE parley.instruction_application SET not_before = now() WHERE tenant_id = $1', [t.id]); // prettier-ignore
      const [before] = await t.query<{ at: Date }>('SELECT clock_timestamp() AS at FROM parley.tenant WHERE id = $1');
      await failing.run();
      expect(rests.splice(0)).toEqual([seconds * 1_000]);
      const [row] = await t.query<{ not_before: Date }>('SELECT not_before FROM parley.instruction_application WHERE tenant_id = $1 AND finished_at IS NULL'); // prettier-ignore
      expect(row!.not_before.getTime() - before!.at.getTime()).toBeGreaterThanOrEqual(seconds * 1_000);
    }
    await line.admin.query('UPDATE parley.instruction_application SET not_before = now() WHERE tenant_id = $1', [t.id]);
    expect(await line.applied(t.id, version)).toMatchObject({ state: 'done', changed: 1 });
  });

  it('a version that begins later than one with a higher number applies to what was kept under that', async () => {
    const began = Date.now();
    const t = await line.tenant(LAX);
    const from = new Date(Date.now() + 2_500 + 10 * (Date.now() - began)).toISOString();
    const later = await t.approve(
      (d) => (identifiers({ ip: 'truncate' })(d), Object.assign(d, { effective: { from } })),
    );
    const sooner = await t.approve(LAX);
    await t.visitor().says({ text: 'one' }, { transport: TRANSPORT });
    await line.work();
    expect((await t.rows()).length).toBeGreaterThan(0);
    expect(sooner).toBeGreaterThan(later);
    expect((await t.held())[0]!.identifiers['ip']).toBe('203.0.113.77');
    await new Promise((resume) => setTimeout(resume, Date.parse(from) - Date.now() + 100));
    expect(await line.applied(t.id, later)).toMatchObject({ state: 'done', changed: 1 });
    expect((await t.held())[0]!.identifiers['ip']).toBe('203.0.113.0');
  });
});
