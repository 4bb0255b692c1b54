// Facts about the connection itself: which fields tell them, and how serious each is.
import type { EventBody, PlatformError } from '#libs/kernel';
import { expose, type Exposures } from '../shared/exposures.js';
import { fields, items, text, type Fields } from '../shared/read.js';
import { values, type Declared, type Shape } from '../shared/shape.js';
import { meaningOf } from './errors.js';
import { PLACES } from './places.js';
import { declareValue } from './shape.js';

type Severity = Extract<EventBody, { type: 'account' }>['severity'];

/** Where to look, and what the words found there mean. Words that are not listed are `info`. */
interface Sign {
  readonly at: readonly string[];
  readonly means: Readonly<Record<string, Severity>>;
}

interface AccountField {
  readonly shape: Shape;
  readonly signs: readonly Sign[];
}

const TEMPLATE = values(
  'event message_template_id message_template_name message_template_language message_template_category reason ' +
    'previous_quality_score new_quality_score previous_category new_category correct_category category_update_timestamp ' +
    'message_template_title message_template_element message_template_footer',
);

const template = (...signs: readonly Sign[]): AccountField => ({
  shape: {
    ...TEMPLATE,
    message_template_buttons: 'any',
    disable_info: 'any',
    other_info: 'any',
    rejection_info: 'any',
  },
  signs,
});

const QUALITY: Sign = { at: ['new_quality_score'], means: { YELLOW: 'warning', RED: 'warning' } };

const TEMPLATE_STATE: Sign = {
  at: ['event'],
  means: { REJECTED: 'warning', PAUSED: 'warning', DISABLED: 'warning', FLAGGED: 'warning', LOCKED: 'warning' },
};

/** Everything of channels.md section 1.7 that is about the account. Source: webhook reference (March 2026). */
const FIELDS: Readonly<Record<string, AccountField>> = {
  account_alerts: {
    shape: { ...values('entity_type entity_id'), alert_info: 'any' },
    signs: [{ at: ['alert_info', 'alert_severity'], means: { WARNING: 'warning', CRITICAL: 'warning' } }],
  },
  account_review_update: {
    shape: values('decision'),
    signs: [{ at: ['decision'], means: { REJECTED: 'stop', PENDING: 'warning', DEFERRED: 'warning' } }],
  },
  account_update: {
    shape: {
      ...values('event phone_number country'),
      violation_info: 'any',
      ban_info: 'any',
      restriction_info: 'any',
      waba_info: 'any',
      auth_international_rate_eligibility: 'any',
      volume_tier_info: 'any',
      partner_client_certification_info: 'any',
      disconnection_info: 'any',
    },
    signs: [
      {
        at: ['event'],
        means: {
          ACCOUNT_DELETED: 'stop',
          ACCOUNT_OFFBOARDED: 'stop',
          ACCOUNT_RESTRICTION: 'warning',
          ACCOUNT_VIOLATION: 'warning',
          PARTNER_REMOVED: 'stop',
          PARTNER_APP_UNINSTALLED: 'stop',
        },
      },
      { at: ['ban_info', 'waba_ban_state'], means: { DISABLE: 'stop', SCHEDULE_FOR_DISABLE: 'warning' } },
      // Answers to people are what we send: without them there is nothing left to do.
      { at: ['restriction_info', 'restriction_type'], means: { RESTRICTED_CUSTOMER_INITIATED_MESSAGING: 'stop' } },
    ],
  },
  business_capability_update: {
    shape: values(
      'max_daily_conversation_per_phone max_daily_conversations_per_business max_phone_numbers_per_business max_phone_numbers_per_waba',
    ),
    signs: [],
  },
  business_username_updates: { shape: values('display_phone_number username status'), signs: [] },
  business_username_update: { shape: values('display_phone_number username status'), signs: [] },
  message_template_components_update: template(),
  message_template_quality_update: template(QUALITY),
  message_template_status_update: template(TEMPLATE_STATE, QUALITY),
  template_category_update: template(),
  partner_solutions: { shape: values('event solution_id solution_status'), signs: [] },
  payment_configuration_update: {
    shape: values('configuration_name provider_name provider_mid status created_timestamp updated_timestamp'),
    signs: [],
  },
  phone_number_name_update: {
    shape: values('display_phone_number decision requested_verified_name rejection_reason'),
    signs: [{ at: ['decision'], means: { REJECTED: 'warning', DEFERRED: 'warning' } }],
  },
  phone_number_quality_update: {
    shape: values('display_phone_number event current_limit old_limit max_daily_conversations_per_business'),
    signs: [{ at: ['event'], means: { FLAGGED: 'warning', DOWNGRADE: 'warning' } }],
  },
  security: {
    shape: values('display_phone_number event requester'),
    signs: [{ at: ['event'], means: { PIN_CHANGED: 'warning', PIN_RESET_REQUEST: 'warning' } }],
  },
};

const SHAPES: ReadonlyMap<string, Declared> = new Map(
  Object.entries(FIELDS).map(([field, { shape }]) => [field, declareValue(shape)]),
);

/** The declared form of an account field's value; undefined: the field is not about the account. */
export const accountShape = (field: string): Declared | undefined => SHAPES.get(field);

export function accountBody(field: string, value: Fields): EventBody {
  const found = (FIELDS[field]?.signs ?? []).flatMap(({ at, means }) => wordsAt(value, at).map((word) => means[word]));
  return { type: 'account', field, severity: worst(found) };
}

/** Staff who asked for a change of the PIN. */
export function exposeStaff(value: Fields, into: Exposures): void {
  expose(into, PLACES.staff, value['requester']);
}

/** For less, it is over before a webhook tells of it. */
const SHORTEST_PAUSE_MS = 60_000;

/** The longest time for which one of these errors keeps the whole number from sending. */
export function pauseOf(errors: readonly PlatformError[]): { readonly code: number; readonly ms: number } | undefined {
  const pauses = errors.flatMap((error) => {
    const means = meaningOf(error);
    const isLong = means?.kind === 'throttled' && means.scope === 'connection' && means.afterMs >= SHORTEST_PAUSE_MS;
    return isLong ? [{ code: error.code, ms: means.afterMs }] : [];
  });
  return pauses.toSorted((a, b) => b.ms - a.ms)[0];
}

/** Errors beside the messages, or of one that concern all: about the number, not about one message. */
export function errorBody(field: string, errors: readonly PlatformError[]): EventBody {
  const pause = pauseOf(errors);
  return {
    type: 'account',
    field,
    severity: worst(errors.map((error): Severity => (meaningOf(error)?.kind === 'stopped' ? 'stop' : 'warning'))),
    ...(pause ? { pause } : {}),
    ...(errors.length === 0 ? {} : { errors }),
  };
}

const worst = (found: readonly (Severity | undefined)[]): Severity =>
  found.includes('stop') ? 'stop' : found.includes('warning') ? 'warning' : 'info';

/** Meta prints single words and lists of them, objects and lists of objects, in the same places. */
function wordsAt(value: unknown, [name, ...rest]: readonly string[]): readonly string[] {
  if (Array.isArray(value))
    return value.flatMap((item: unknown) => wordsAt(item, name === undefined ? [] : [name, ...rest]));
  if (name !== undefined) return wordsAt(fields(value)[name], rest);
  const word = text(value);
  return word === undefined ? items(value).flatMap((item) => wordsAt(item, [])) : [word];
}
