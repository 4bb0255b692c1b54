// Sec-GPC on the web chat: an objection to marketing and measuring where the instructions say so, and nothing where they do not.
import { startLine, type Change, type Line } from './line.js';

let line: Line;
beforeAll(async () => {
  line = await startLine();
});
afterAll(() => line.stop());
beforeEach(() => void (line.bot.asked.length = 0));

const gpc =
  (how: string | undefined): Change =>
  (d) => {
    const basis = { basis: 'A6-1-f', data: ['routing', 'content'] };
    const support = { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing', 'content'] };
    const purposes = {
      support,
      offers: { ...basis, dpv: 'DirectMarketing', softOptIn: true },
      measuring: { ...basis, dpv: 'ServiceUsageAnalytics' },
      news: { ...basis, dpv: 'CustomerCare', marketing: true },
    };
    const to = (purpose: string) => ({
      kind: 'webhook',
      url: `${line.bot.url}?${purpose}`,
      purposes: [purpose],
      data: ['content'],
    });
    Object.assign(d, {
      purposes,
      channels: { web: { identifiers: { visitor_id: 'keep' }, ...(how ? { gpc: how } : {}) } },
      recipients: Object.fromEntries(Object.keys(purposes).map((purpose) => [purpose, to(purpose)])),
    });
  };
const objections = (t: Awaited<ReturnType<Line['tenant']>>) =>
  t.query<{ purpose: string }>(
    'SELECT purpose, instruction_version AS version, clause FROM parley.objection WHERE tenant_id = $1 ORDER BY 1',
  );
const SIGNAL = { transport: { gpc: true } } as const;

it('taken as an objection, it closes those purposes for this and every later message, and no other', async () => {
  const t = await line.tenant(gpc('object'));
  const anna = t.visitor();
  await anna.says({ text: 'one' }, SIGNAL);
  await anna.says({ text: 'two' });
  await line.work();
  const by = { version: 1, clause: '/channels/web/gpc' };
  expect(await objections(t)).toEqual(['measuring', 'news', 'offers'].map((purpose) => ({ purpose, ...by })));
  expect(line.bot.asked).toHaveLength(2);
  const [stopped] = await t.query<{ at: Date | null }>('SELECT marketing_stopped_at AS at FROM parley.subject WHERE tenant_id = $1'); // prettier-ignore
  expect(stopped!.at).toBeInstanceOf(Date);
});

it.each(['ignore', undefined])('with gpc: %s it is not read', async (how) => {
  const t = await line.tenant(gpc(how));
  await t.visitor().says({ text: 'one' }, SIGNAL);
  await line.work();
  expect(await objections(t)).toEqual([]);
  expect(line.bot.asked).toHaveLength(4);
});

it('without the signal nobody has objected', async () => {
  const t = await line.tenant(gpc('object'));
  await t.visitor().says({ text: 'one' });
  expect(await objections(t)).toEqual([]);
});
