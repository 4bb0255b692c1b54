// A Messenger page of a tenant of the line, and a person who writes to it, known to the fake of Meta.
import { openSubjectKey } from '#libs/vault';
import type { FakeMeta } from '../../../apps/cli/src/fake-meta/server.js';
import { messenger, messengerText } from '../../../test/support/webhooks.js';
import { openBody } from '../src/index.js';
import type { Change, Line } from './line.js';

type Purposes = Record<string, object>;
export const SUPPORT = { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing', 'content', 'profile'] };

/** Instructions for a page: what is said of each kind, which look-ups support needs, what the bot is given. */
export const forPage =
  (
    identifiers: object,
    {
      features = Object.keys(identifiers),
      gives = features,
      purposes = {},
      more = {},
    }: { features?: string[]; gives?: string[]; purposes?: Purposes; more?: object } = {},
  ): Change =>
  (d) => {
    const { recipients } = d as unknown as { recipients: Record<string, object> };
    Object.assign(d, {
      purposes: { support: { ...SUPPORT, features }, ...purposes },
      channels: { messenger: { identifiers: { psid: 'keep', ...identifiers } } },
      recipients: { bot: { ...recipients['bot'], data: ['content'], identifiers: gives } },
      ...more,
    });
  };

let pages = 0;
/** A page of its own for a tenant, and whoever writes to it. */
export async function connectPage(line: Line, t: Awaited<ReturnType<Line['tenant']>>) {
  const account = `68000000000${(pages += 1)}`;
  const psid = `246000000000${pages}`;
  const settings = {
    channel: 'messenger',
    name: 'Page',
    account,
    settings: { pageId: account },
    secrets: { accessToken: 'EAAG', appSecret: 's', verifyToken: 'v' },
    health: 'healthy',
    reason: null,
  };
  const { id } = await line.store.createConnection(t.id, settings, t.keys);
  await line.tenants.changed(t.id);
  return { account, psid, id };
}

export async function startPage({ line, meta }: { line: Line; meta: FakeMeta }, change: Change, name: string) {
  const t = await line.tenant(change);
  const { account, psid, id } = await connectPage(line, t);
  await meta.control.say({ account, from: { psid, name }, text: 'known to the platform' });
  async function says(text: string): Promise<void> {
    const connection = (await line.tenants.connection(id))!;
    await line.intake.session(connection, messenger(account, psid, messengerText(text)), new Map());
    await line.work();
  }
  /** What Meta was asked about the person, in order. */
  const asked = (): (string | null)[] =>
    meta.calls
      .filter(({ method, url }) => method === 'GET' && url.includes(psid))
      .map(({ url }) => new URL(url, 'http://m').searchParams.get('fields'));
  /** What is kept of what Meta answered, opened. */
  async function profiles() {
    const rows = await line.admin.query<{
      id: string;
      body: Buffer | null;
      clause: string;
      state: string;
      subject_id: string;
      wrapped_key: Buffer;
    }>(
      `SELECT m.id, m.body, m.clause, m.state, s.subject_id, s.wrapped_key FROM parley.message m JOIN parley.conversation c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
       JOIN parley.subject_key s ON s.tenant_id = c.tenant_id AND s.subject_id = c.subject_id WHERE m.tenant_id = $1 AND m.type = 'profile' ORDER BY m.id`,
      [t.id],
    );
    return rows.rows.map(({ id: row, body, clause, state, subject_id: subjectId, wrapped_key: wrapped }) => {
      const opened =
        body && openBody({ tenantId: t.id, subjectId, key: openSubjectKey(t.keys, subjectId, wrapped) }, row, body);
      return {
        clause,
        state,
        sealed: body?.toString('latin1') ?? '',
        identifiers: opened?.identifiers ?? null,
        asked: opened?.asked?.kinds ?? null,
      };
    });
  }
  const leaves = async () =>
    (
      await t.query<{ leaf: Record<string, unknown> }>(
        `SELECT leaf FROM parley.ledger_leaf WHERE tenant_id = $1 AND leaf->>'type' = 'look-up' ORDER BY leaf->>'identifier', leaf->>'outcome'`,
      )
    ).map(({ leaf }) => leaf);
  const subject = async (): Promise<string> =>
    (await t.query<{ id: string }>('SELECT id FROM parley.subject WHERE tenant_id = $1'))[0]!.id;
  const connection = async () => (await line.store.connections(t.id)).find((one) => one.id === id)!;
  return { t, id, psid, says, asked, profiles, leaves, subject, connection };
}

/** What the identifier map counts of look-ups. */
export async function lookedUpIn(t: Awaited<ReturnType<Line['tenant']>>) {
  const rows = await t.query<{ exposed: string; count: string }>(
    'SELECT exposed, count FROM parley.observation WHERE tenant_id = $1',
  );
  return rows
    .flatMap(({ exposed, count }) =>
      (JSON.parse(exposed) as [string, string, string, number][]).map(([kind, path, action, n]) => ({
        kind,
        path,
        action,
        times: n * Number(count),
      })),
    )
    .filter(({ path }) => path.includes('api:'));
}
