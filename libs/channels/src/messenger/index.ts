// Facebook Messenger: the adapter, put together from its facts and functions.
import { metaMessenger } from '../shared/meta/adapter.js';
import { capabilities } from './capabilities.js';
import { check } from './check.js';
import { identifiers } from './identifiers.js';
import { lookUp } from './look-up.js';
import { manifest, MEDIA_HOST_SUFFIXES } from './manifest.js';
import { parse } from './parse.js';
import { render } from './render.js';
import { settings } from './settings.js';

export const messenger = metaMessenger({
  manifest,
  capabilities,
  identifiers,
  settings,
  accountSetting: 'pageId',
  parse,
  render,
  check,
  mediaHosts: MEDIA_HOST_SUFFIXES,
  lookUp,
});
