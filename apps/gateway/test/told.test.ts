// What a person is told in the chat of the request made there: in their language, with ground, reason and date; and how the clock warns.
import pg from 'pg';
import { until } from '../../../test/support/until.js';
import { SETTINGS, startAcme, type Acme } from './acme.js';
import { person } from './person.js';

let acme: Acme;
let look: pg.Client;
beforeAll(async () => {
  acme = await startAcme();
  look = new pg.Client({ connectionString: acme.api.connectionString });
  await look.connect();
});
afterAll(async () => {
  await look.end();
  await acme.api.stop();
});

async function asked(right: 'access' | 'erasure' | 'restriction' | 'objection', rights: object = {}) {
  const tenant = await acme.tenant();
  await tenant.approve((d) => ({ ...d, rights }));
  const connection = String((await tenant.connect({ ...SETTINGS, pageId: String(Math.random()).slice(2) })).body['id']);
  const anna = await person(acme, tenant, connection);
  await anna.says('hello');
  const { subjectId, conversationId } = await anna.meet();
  const request = await acme.api.rights.open({ tenantId: tenant.id, right, source: 'chat', subjectIds: [subjectId], conversationId }); // prettier-ignore
  const at = `/requests/${request.id}`;
  /** What was said to the person, oldest first. */
  const said = async (): Promise<string[]> => {
    const { body } = await tenant.call('GET', `/conversations/${conversationId}/messages?purpose=support`);
    const items = body['items'] as unknown as { direction: string; content: { text: string } }[];
    return items.filter(({ direction }) => direction === 'out').map(({ content }) => content.text);
  };
  const completed = () =>
    until('it is completed', async () => {
      await acme.api.rights.run();
      return (await tenant.call('GET', at)).body['state'] === 'completed';
    });
  return { tenant, anna, request, at, said, completed, conversationId };
}

describe('whoever asked in the chat is told there, in their language', () => {
  it('where the copy is', async () => {
    const { request, said, completed } = await asked('access');
    await completed();
    expect(await said()).toEqual([
      `Die Kopie Ihrer Daten ist bereit. Sie lässt sich einmal abholen, sieben Tage lang: http://gateway.example/privacy/requests/${request.code}`,
    ]);
  });

  it('that it was refused, on which ground, and where to complain', async () => {
    const { tenant, at, said } = await asked('erasure', { erase: 'controller-approves' });
    for (let n = 0; n < 2; n += 1)
      expect((await tenant.call('POST', `${at}/refuse`, { justification: 'JustificationA17LegalClaims' })).status).toBe(200); // prettier-ignore
    const [text, ...more] = await said();
    expect(text).toMatch(/abgelehnt: die Daten werden für Rechtsansprüche gebraucht \(JustificationA17LegalClaims\)/);
    expect(text).toContain('Aufsichtsbehörde');
    expect(more).toEqual([]);
  });

  it('that it takes longer, why and until when', async () => {
    const { tenant, at, said } = await asked('access', { access: 'controller-approves' });
    const reason = 'Es sind sehr viele Nachrichten.';
    const { due } = (await tenant.call('POST', `${at}/extend`, { reason })).body;
    const day = new Intl.DateTimeFormat('de', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(String(due)));
    expect(await said()).toEqual([expect.stringContaining(`spätestens bis ${day}. Der Grund: ${reason}`)]);
  });

  it('that a restriction has ended, before anything goes on', async () => {
    const { tenant, at, said, completed } = await asked('restriction');
    await completed();
    expect((await tenant.call('POST', `${at}/lift`, {})).status).toBe(200);
    expect(await said()).toEqual([expect.stringContaining('Ihr Antrag wurde ausgeführt'), expect.stringContaining('ist beendet')]); // prettier-ignore
  });

  it('nothing of a request that the controller made for them', async () => {
    const { tenant, anna, said } = await asked('access', { access: 'controller-approves' });
    const { body } = await tenant.call('POST', '/requests', { right: 'objection', subject: anna.subject });
    await until('it is completed', async () => (await tenant.call('GET', `/requests/${String(body['id'])}`)).body['state'] === 'completed'); // prettier-ignore
    expect(await said()).toEqual([]);
  });
});

it('the clock warns at 50, 75 and 90 percent, each time once', async () => {
  const { tenant, request, at } = await asked('access', { access: 'controller-approves' });
  const warnings = () =>
    acme.api.logged().split('\n').filter((line) => line.includes('rights.due-soon') && line.includes(request.id)).map((line) => (JSON.parse(line) as { count: number }).count); // prettier-ignore
  const passes = async (percent: number) => {
    await look.query(
      `UPDATE parley.rights_request SET received_at = now() - (due_at - received_at) * $2, due_at = now() + (due_at - received_at) * (1 - $2) WHERE id = $1`,
      [request.id, percent / 100],
    );
    for (let n = 0; n < 2; n += 1) await acme.api.rights.run();
  };
  await passes(49);
  expect(warnings()).toEqual([]);
  for (const percent of [51, 76, 91]) await passes(percent);
  expect(warnings()).toEqual([50, 75, 90]);
  expect((await tenant.call('GET', at)).body).toMatchObject({ alerted: 90, elapsed: 91 });
});
