// WhatsApp Cloud API as a channel: facts and pure functions.
import type { ChannelAdapter } from '../contract.js';
import { isSignedByMeta, metaChallenge } from '../shared/meta-webhook.js';
import { capabilities } from './capabilities.js';
import { check } from './check.js';
import { identifiers } from './identifiers.js';
import { interpret } from './interpret.js';
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
  check,
  media,
  echoesApart: true,
};
