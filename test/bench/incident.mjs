// breach_list_million_s: from the opening of an incident to the list of those concerned, over many messages; and the drafts of its notices.
import { createIsolate, createLogger, createMetrics, loadConfig } from '#libs/platform';
import { createIncidents } from '#libs/rights';
import { manyPeople } from './people.mjs';

const HOUR = 3_600_000;

/** Of each person a disclosure that began before the time in question and went on in it. */
const GIVEN = `INSERT INTO parley.disclosure (tenant_id, subject_id, recipient, purpose, instruction_version, clause, categories, count, first_at, last_at)
  SELECT tenant_id, id, 'bot', 'support', 1, '/recipients/bot', '{content,routing}', 10, created_at - interval '1 day', created_at + interval '1 hour'
  FROM parley.subject WHERE tenant_id = $1`;

export async function measureIncident(options) {
  const to = new Date(Date.now() - HOUR); // it is over, and so the list is made
  const from = new Date(to.getTime() - 24 * HOUR);
  const persons = options.events / 10;
  const people = await manyPeople({ persons, messages: options.events, from, to });
  await people.owner.query(GIVEN, [people.tenantId]);
  const log = createLogger(loadConfig({ PARLEY_LOG_LEVEL: 'silent' }));
  const incidents = createIncidents({
    store: people.store,
    facts: { channels: {} },
    processor: null,
    isolate: createIsolate({ log, metrics: createMetrics() }),
    log,
    now: Date.now,
  });
  const started = performance.now();
  const id = await incidents.open({
    from,
    to,
    components: ['gateway', 'recipient:bot'],
    suspicion: ['ConfidentialityBreach'],
  });
  await incidents.count();
  const listed = performance.now();
  const draft = await incidents.draft(people.tenantId, id, { phase: 'first' });
  const drafted = performance.now();
  const { persons: found, records } = draft.notice;
  if (found !== persons || records !== options.events)
    throw new Error(`listed ${found} persons and ${records} messages`);
  await people.stop();
  return {
    breach_list_million_s: ((listed - started) / 1000) * (1_000_000 / options.events),
    breach_draft_ms: drafted - listed,
  };
}
