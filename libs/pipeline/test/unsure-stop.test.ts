// What may be a wish to hear less stops marketing, and the controller is told, whatever becomes of the message itself.
import { startLine, type Change, type Line } from './line.js';

let line: Line;
beforeAll(async () => {
  line = await startLine();
});
afterAll(() => line.stop());

/** A question: it may be a wish, and may not. */
const UNSURE = { text: 'how do I unsubscribe from your newsletter?', locale: 'en' };

interface Doc {
  purposes: Record<string, object>;
  recipients: Record<string, object>;
}
/** Nothing but consent permits anything. */
const onConsent =
  (text: object = {}, more: object = {}): Change =>
  (d) => {
    const { recipients } = d as unknown as Doc;
    Object.assign(d, {
      purposes: { news: { dpv: 'DirectMarketing', basis: 'A6-1-a', consent: 'ask', data: ['routing', 'content'] } },
      texts: { ask: { version: '1', en: 'May we?', accept: { en: ['yes'] }, refuse: { en: ['no'] }, ...text } },
      recipients: { bot: { ...recipients['bot'], purposes: ['news'] } },
      ...more,
    });
  }; // prettier-ignore

async function after(change: Change, sayings: readonly object[]) {
  const t = await line.tenant(change);
  const anna = t.visitor();
  for (const saying of sayings) {
    await anna.says(saying);
    await line.work();
  }
  const [subject] = await t.query<{ at: Date | null }>('SELECT marketing_stopped_at AS at FROM parley.subject WHERE tenant_id = $1'); // prettier-ignore
  const leaves = await t.query<{ leaf: Record<string, unknown> }>('SELECT leaf FROM parley.ledger_leaf WHERE tenant_id = $1 ORDER BY seq'); // prettier-ignore
  const consents = await t.query<{ state: string }>('SELECT state FROM parley.consent_event WHERE tenant_id = $1 ORDER BY id'); // prettier-ignore
  const ages = await t.query<{ state: string }>('SELECT state FROM parley.age_event WHERE tenant_id = $1 ORDER BY id');
  return {
    stopped: subject!.at !== null,
    told: leaves.map(({ leaf }) => leaf).filter((leaf) => leaf['unsure'] === 'stop'),
    states: (await t.rows()).filter(({ direction }) => direction === 'in').map(({ state }) => state),
    events: [...consents, ...ages].map(({ state }) => state),
  };
}

it('that goes to a recipient', async () => {
  const found = await after(() => undefined, [UNSURE]);
  expect(found).toMatchObject({ stopped: true, told: [{ type: 'disclosure' }], states: ['done'] });
});

it('that is held for consent; the question is on record as ever', async () => {
  const found = await after(onConsent(), [UNSURE]);
  expect(found).toMatchObject({
    stopped: true,
    told: [{ type: 'decision', decided: 'consent-awaited' }],
    states: ['held'],
    events: ['requested'],
  });
});

it('that is not held while consent is awaited', async () => {
  const found = await after(onConsent({ meanwhile: 'discard' }), [UNSURE]);
  expect(found).toMatchObject({ stopped: true, told: [{ decided: 'consent-awaited' }], states: ['dropped'] });
});

it('that nobody gets, since consent was refused', async () => {
  const found = await after(onConsent(), [{ text: 'hello' }, { text: 'no' }, UNSURE]);
  expect(found).toMatchObject({ stopped: true, told: [{ type: 'decision', decided: 'no-consent' }] });
  expect(found.states.at(-1)).toBe('dropped');
});

it('that waits for an age: that it was asked for is on record, too', async () => {
  const found = await after(onConsent({}, { minors: { mode: 'refuse', ages: { DE: 16 } } }), [UNSURE]);
  expect(found).toMatchObject({ stopped: true, told: [{ type: 'decision' }], events: ['asked'] });
});

it('that goes to a recipient while an age is awaited for something else: the question for it is on record', async () => {
  const both: Change = (d) => {
    const { purposes, recipients } = structuredClone(d) as unknown as Doc;
    onConsent({}, { minors: { mode: 'refuse', ages: { DE: 16 } } })(d);
    const doc = d as unknown as Doc;
    Object.assign(doc.purposes, purposes);
    Object.assign(doc.recipients, { letters: doc.recipients['bot'], ...recipients });
  };
  const found = await after(both, [UNSURE]);
  expect(found).toMatchObject({ stopped: true, told: [{ type: 'disclosure' }], events: ['asked'] });
});

it('where nobody said anything of the kind, nothing stops', async () => {
  const found = await after(onConsent(), [{ text: 'when do you open?', locale: 'en' }]);
  expect(found).toMatchObject({ stopped: false, told: [], states: ['held'] });
});
