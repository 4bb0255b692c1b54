// Instagram direct messages: the adapter, put together from its facts and functions.
import { metaMessenger } from '../shared/meta/adapter.js';
import { check, settings } from './account.js';
import { capabilities } from './capabilities.js';
import { identifiers } from './identifiers.js';
import { lookUp } from './look-up.js';
import { manifest, MEDIA_HOST_SUFFIXES } from './manifest.js';
import { parse } from './parse.js';
import { echoText, render } from './render.js';

export const instagram = metaMessenger({
  manifest,
  capabilities,
  identifiers,
  settings,
  accountSetting: 'accountId',
  parse,
  render,
  echoText,
  check,
  mediaHosts: MEDIA_HOST_SUFFIXES,
  lookUp,
});
