// WhatsApp Cloud API as a channel: facts and pure functions.
import type { ChannelAdapter } from '../contract.js';
import { isSignedByMeta, metaChallenge } from '../shared/meta-webhook.js';
import { capabilities } from './capabilities.js';
import { identifiers } from './identifiers.js';
import { interpret, readCheck } from './interpret.js';
import { manifest } from './manifest.js';
import { media } from './media.js';
import { parse } from './parse.js';
import { render } from './render.js';
import { settings } from './settings.js';

export const whatsappCloud: ChannelAdapter = {
  manifest,
  capabilities,
  identifiers,
  settings,
  delivery: 'push',
  accountSetting: 'phoneNumberId',
  portfolioSetting: 'businessAccountId',
  handshake: (query, secrets) => metaChallenge(query, secrets['verifyToken']),
  verify: (raw, header, secrets) => isSignedByMeta(raw, header, secrets['appSecret']),
  parse,
  render,
  interpret,
  check: {
    request: (given) => ({
      method: 'GET',
      url: `/${encodeURIComponent(String(given['phoneNumberId']))}`,
      base: 'meta-graph',
      query: { fields: 'id,verified_name,display_phone_number,code_verification_status,quality_rating' },
      bearer: { secret: 'accessToken' },
      expect: 'json',
      timeoutMs: 10_000,
      maxBytes: 64 * 1024,
    }),
    read: readCheck,
  },
  media,
  echoesApart: true,
};
