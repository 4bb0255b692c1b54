// The behaviour of a fresh fake: what the real platform does to an ordinary live app.
import type { Behaviour } from './types.js';

const DAY_MS = 24 * 60 * 60 * 1000;

export const ORDINARY: Behaviour = {
  statuses: 'normal',
  reach: 'read',
  statusDelayMs: 20,
  seed: 1,
  tokens: null,
  accounts: null,
  businessAccounts: {},
  unknownRecipients: [],
  allowedRecipients: null,
  optedOut: [],
  window: 'told',
  windowMs: DAY_MS,
  templates: null,
  // WhatsApp throughput page: 80 messages/s per number; about-the-platform page: pairs, burst of 45, then one in 6 s.
  perSecond: 80,
  pair: { burst: 45, everyMs: 6000 },
  lateErrors: [],
  faults: [],
  // User Profile API page (June 2026): what Business Asset User Profile Access covers. Locale, time zone, gender have permissions of their own.
  profileFields: ['id', 'name', 'first_name', 'last_name', 'profile_pic'],
  phoneOnly: [],
  profileFaults: [],
  latencyMs: 0,
  echoes: true,
  appId: '100200300400500',
  hideNumbers: false,
  // Media page: the address lives for five minutes.
  mediaUrlTtlMs: 5 * 60 * 1000,
  webhookRetries: 3,
  webhookRetryMs: 500,
};

/** Takes known keys only, so that a typing error in a control request is an answer and not silence. */
export function changed(current: Behaviour, change: unknown): Behaviour | { readonly unknown: readonly string[] } {
  if (typeof change !== 'object' || change === null) return { unknown: ['(not an object)'] };
  const unknown = Object.keys(change).filter((key) => !(key in ORDINARY));
  return unknown.length > 0 ? { unknown } : { ...current, ...change };
}
