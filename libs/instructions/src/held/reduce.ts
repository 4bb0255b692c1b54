// A stricter version, on what is held already: the part of a stored message that the new version still permits. Pure.
import type { Content } from '#libs/kernel';
import { keepContent, valueUnder, type ContentRules, type Pseudonymise } from '../apply.js';
import { cover } from '../decide.js';
import type { CompiledInstructions, Ruling } from '../decision.js';
import { ANY_FILES } from '../files.js';
import { levelOf, narrowest, type Level } from './level.js';

/** What a value is, where it is not the value itself. */
export type Form = 'truncate' | 'pseudonymise';

/** A stored message, opened. */
export interface Held {
  readonly content: Content | null;
  readonly identifiers: Readonly<Record<string, string>>;
  /** Of identifiers that are not held as they were exposed. */
  readonly forms?: Readonly<Record<string, Form>>;
  /** Identifiers that go to recipients and are deleted with the delivery. */
  readonly passing?: Readonly<Record<string, string>>;
  /** The platform's id of the message. */
  readonly messageId?: string;
}

/** What one version permits to hold of the messages of one channel. */
export interface HeldRules extends ContentRules {
  /** The same once a message was delivered: what is only passed on is gone then. */
  readonly delivered: ContentRules;
}

const NOT_INSTRUCTED = { do: 'drop', clause: 'default:no-purpose-covers-it' } as const;

const withoutPassing = (rulings: Readonly<Record<string, Ruling>>): Record<string, Ruling> =>
  Object.fromEntries(
    Object.entries(rulings).map(([key, ruling]) => [key, ruling.do === 'pass' ? { ...ruling, do: 'drop' } : ruling]),
  );

/** A channel that the document does not list keeps no identifier; without a purpose for routing nothing is kept at all. */
export function heldRules(compiled: CompiledInstructions, channel: string): HeldRules {
  const routed = compiled.storing.routing !== undefined;
  const clause = compiled.channels[channel];
  const identifiers = (routed && clause?.identifiers) || {};
  const rest = {
    content: routed ? cover(compiled, 'content') : NOT_INSTRUCTED,
    attachments: routed ? cover(compiled, 'attachments') : NOT_INSTRUCTED,
    files: clause?.files ?? ANY_FILES,
  };
  return { ...rest, identifiers, delivered: { ...rest, identifiers: withoutPassing(identifiers) } };
}

const formLevel = (form: Form | undefined): Level => (form === undefined ? 'whole' : levelOf(form));

/** @returns the value and its form as it may be held from now on; null: nothing. */
function reduceValue(
  held: { readonly value: string; readonly form: Form | undefined },
  ruling: Ruling | undefined,
  pseudonym: (value: string) => string,
): { readonly value: string; readonly form: Form | undefined } | null {
  const before = formLevel(held.form);
  const level = narrowest(before, levelOf(ruling?.do ?? 'drop'));
  if (level === before) return level === 'nothing' ? null : held;
  if (level === 'nothing' || !ruling) return null;
  const value = valueUnder(ruling, held.value, pseudonym);
  return value === null ? null : { value, form: ruling.do as Form };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const filled = (record: Readonly<Record<string, unknown>>): boolean => Object.keys(record).length > 0;

/**
 * @param state `delivered`: nobody waits for it any more, so what is only passed on goes.
 * @returns the very same object when the version takes nothing away. Doing it twice is doing it once.
 */
export function reduce<H extends Held>(
  held: H,
  given: { readonly rules: HeldRules; readonly state: 'open' | 'delivered' },
  pseudonymise: Pseudonymise,
): H {
  const rules: ContentRules = given.state === 'open' ? given.rules : given.rules.delivered;
  const identifiers: Record<string, string> = {};
  const forms: Record<string, Form> = {};
  for (const [key, value] of Object.entries(held.identifiers)) {
    const ruling = given.rules.identifiers[key];
    const left = reduceValue({ value, form: held.forms?.[key] }, ruling, (v) => pseudonymise(key, v));
    if (left === null) continue;
    identifiers[key] = left.value;
    if (left.form) forms[key] = left.form;
  }
  const waiting = given.state === 'open' ? (held.passing ?? {}) : {};
  const passing = Object.fromEntries(
    Object.entries(waiting).filter(([key]) => ['pass', 'keep'].includes(given.rules.identifiers[key]?.do ?? 'drop')),
  );
  const { forms: _forms, passing: _passing, messageId, ...rest } = held;
  const left = {
    ...rest,
    content: held.content && keepContent(held.content, rules),
    identifiers,
    ...(filled(forms) ? { forms } : {}),
    ...(filled(passing) ? { passing } : {}),
    ...(messageId !== undefined && rules.identifiers['message_id']?.do === 'keep' ? { messageId } : {}),
  };
  const unchanged = same(
    { ...left, forms, passing },
    { ...held, forms: held.forms ?? {}, passing: held.passing ?? {} },
  );
  return unchanged ? held : (left as unknown as H);
}
