// Facebook Messenger: the adapter, put together from its facts and functions.
import type { ChannelAdapter } from '../contract.js';
import { interpret } from '../shared/meta/errors.js';
import { mediaFrom } from '../shared/meta/media.js';
import { isSignedByMeta, metaChallenge } from '../shared/meta-webhook.js';
import { capabilities } from './capabilities.js';
import { check } from './check.js';
import { identifiers } from './identifiers.js';
import { manifest, MEDIA_HOST_SUFFIXES } from './manifest.js';
import { parse } from './parse.js';
import { render } from './render.js';
import { settings } from './settings.js';

export const messenger: ChannelAdapter = {
  manifest,
  capabilities,
  identifiers,
  settings,
  delivery: 'push',
  accountSetting: 'pageId',
  portfolioSetting: null,
  handshake: (query, secrets) => metaChallenge(query, secrets['verifyToken']),
  verify: (raw, header, secrets) => isSignedByMeta(raw, header, secrets['appSecret']),
  parse,
  render,
  interpret,
  check,
  media: mediaFrom(MEDIA_HOST_SUFFIXES),
};
