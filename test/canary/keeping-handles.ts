// Instructions that keep nothing but that by which a person is answered: all else that the channels expose is dropped.
import { CHANNELS } from '#libs/channels';
import { instructions } from '../support/acme.js';

/** Of the kinds by which one can reply the first of each channel: the one that it prefers. */
const handleOf = (identifiers: (typeof CHANNELS)[number]['identifiers']): string =>
  identifiers.find(({ role }) => role === 'routing')!.key;

export const keepingHandles = (botUrl: string) => ({
  ...instructions(botUrl),
  channels: Object.fromEntries(
    CHANNELS.map(({ manifest: { channel }, identifiers }) => [
      channel,
      { identifiers: { [handleOf(identifiers)]: 'keep' } },
    ]),
  ),
  purposes: { support: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing'] } },
  retention: [{ data: 'routing', period: 'P30D' }],
  recipients: { bot: { kind: 'webhook', url: botUrl, country: 'DE', purposes: ['support'], data: ['routing'] } },
});
