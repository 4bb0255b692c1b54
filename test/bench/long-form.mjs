// Instructions of 500 clauses in long form: what a large controller could write, every identifier kind with purposes and a period.
import { CHANNELS } from '#libs/channels';
import { CATEGORIES } from '#libs/kernel';
import { instructions } from './tenant.mjs';

const CLAUSES = 500;
const PERIOD = 'P30D';

/** Comes in by itself, without being looked up. */
const isSeen = ({ paths }) => paths.some((place) => !place.includes('-api:'));
const numbered = (count, make) => Object.fromEntries(Array.from({ length: count }, (_, n) => make(n)));

/** Every kind is kept for the first purposes that come; the rest of the clauses are purposes and recipients, half and half. */
export function longForm(botUrl) {
  const kinds = CHANNELS.flatMap(({ manifest: { channel }, identifiers }) =>
    identifiers.filter(isSeen).map(({ key }) => ({ channel, key })),
  );
  const half = Math.ceil((CLAUSES - kinds.length - CATEGORIES.length) / 2);
  const purposes = numbered(half, (n) => [
    `purpose-${n}`,
    { dpv: 'CustomerCare', basis: 'A6-1-b', data: CATEGORIES, operations: ['collect', 'store', 'disclose'] },
  ]);
  const names = Object.keys(purposes);
  const recipients = numbered(half, (n) => [
    `bot-${n}`,
    { kind: 'webhook', url: botUrl, country: 'DE', purposes: [names[n]], data: ['content'], identifiers: ['wa_id'] },
  ]);
  const channels = Object.fromEntries(CHANNELS.map(({ manifest }) => [manifest.channel, { identifiers: {} }]));
  for (const [n, { channel, key }] of kinds.entries())
    channels[channel].identifiers[key] = {
      do: 'keep',
      purposes: [names[n % half], names[(n + 1) % half]],
      period: PERIOD,
    };
  return {
    ...instructions(botUrl),
    purposes,
    channels,
    recipients,
    retention: CATEGORIES.map((data) => ({ data, period: PERIOD })),
  };
}

/** How many there are, counted as a reader would. */
export const clausesOf = ({ purposes, channels, recipients, retention }) =>
  Object.keys(purposes).length +
  Object.keys(recipients).length +
  retention.length +
  Object.values(channels).reduce((sum, { identifiers }) => sum + Object.keys(identifiers).length, 0);
