// Facebook Messenger: the adapter, put together from its facts and functions.
import type { ChannelAdapter } from '../contract.js';
import { readGraphAnswer } from '../shared/graph-answer.js';
import { isSignedByMeta, metaChallenge } from '../shared/meta-webhook.js';
import { text } from '../shared/read.js';
import { capabilities } from './capabilities.js';
import { check } from './check.js';
import { errors } from './errors.js';
import { identifiers } from './identifiers.js';
import { manifest } from './manifest.js';
import { media } from './media.js';
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
  /** Sender actions are answered without a message id. */
  interpret: (response, attempt) =>
    readGraphAnswer(response, attempt, { table: errors, messageId: (body) => text(body['message_id']) }),
  check,
  media,
};
