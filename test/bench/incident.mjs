// breach_list_million_s: from the opening of an incident to the list of those concerned, over many messages; and the drafts of its notices.
import { createLogger, loadConfig } from '#libs/platform';
import { createIncidents } from '#libs/rights';
import { manyPeople } from './people.mjs';

const HOUR = 3_600_000;

export async function measureIncident(options) {
  const to = new Date();
  const from = new Date(to.getTime() - 24 * HOUR);
  const persons = options.events / 10;
  const people = await manyPeople({ persons, messages: options.events, from, to });
  const log = createLogger(loadConfig({ PARLEY_LOG_LEVEL: 'silent' }));
  const incidents = createIncidents({ store: people.store, processor: null, log, now: Date.now });
  const started = performance.now();
  const id = await incidents.open({ from, to, components: ['gateway'], suspicion: ['ConfidentialityBreach'] });
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
