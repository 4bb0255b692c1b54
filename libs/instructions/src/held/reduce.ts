// A stricter version, on what is held already: the part of a stored message that the new version still permits. Pure.
import type { Content } from '#libs/kernel';
import { readingLeft, valueUnder, type Pseudonymise } from '../apply.js';
import { categoryRuling, coveringOf, narrowed, NOT_COVERED, type Open } from '../cover.js';
import type { CategoryAction, CompiledChannel, CompiledInstructions, Ruling } from '../decision.js';
import { ANY_FILES, FILE_METADATA, type FileRules } from '../files.js';
import { keepContent, type ContentRules } from '../keep-content.js';
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
  /** Kinds that were to be passed on only, where the content holds what they guard, and categories: a laxer version does not make it stay. */
  readonly fleeting?: readonly string[];
  /** The platform's id of the message. */
  readonly messageId?: string;
  /** Of a watermark: up to when, in ms since 1970, and what; gone once it is applied. */
  readonly until?: number;
  readonly status?: 'delivered' | 'read';
  /** Of a reaction; null: it was taken back, or may not be held. */
  readonly emoji?: string | null;
}

/** What one version permits to hold of the messages of one channel. */
export interface HeldRules extends ContentRules {
  /** The same once a message was delivered: what is only passed on is gone then. */
  readonly delivered: ContentRules;
}

const withoutPassing = (rulings: Readonly<Record<string, Ruling>>): Record<string, Ruling> =>
  Object.fromEntries(
    Object.entries(rulings).map(([key, ruling]) => [key, ruling.do === 'pass' ? { ...ruling, do: 'drop' } : ruling]),
  );

const PASSED = Object.freeze({ do: 'drop', clause: 'default:passed-on' } as const);

const ended = (ruling: Ruling<CategoryAction>): Ruling<CategoryAction> => (ruling.do === 'pass' ? PASSED : ruling);

/** How a category that is only passed on is named among what is fleeting: no kind is called so. */
export const fleetingCategory = (category: 'content' | 'attachments'): string => `/${category}`;

/** Which categories a version only passes on, by that name. */
export const fleetingCategories = (compiled: CompiledInstructions): string[] =>
  (['content', 'attachments'] as const)
    .filter((one) => categoryRuling(compiled, one, undefined).do === 'pass')
    .map(fleetingCategory);

const withoutFleeting = (rules: ContentRules, fleeting: readonly string[] | undefined): ContentRules =>
  fleeting === undefined
    ? rules
    : {
        ...rules,
        content: fleeting.includes(fleetingCategory('content')) ? PASSED : rules.content,
        attachments: fleeting.includes(fleetingCategory('attachments')) ? PASSED : rules.attachments,
        identifiers: { ...rules.identifiers, ...Object.fromEntries(fleeting.map((key) => [key, PASSED])) },
      };

const openOnly = (rulings: Readonly<Record<string, Ruling>>, open: Open): Readonly<Record<string, Ruling>> =>
  open === undefined
    ? rulings
    : Object.fromEntries(Object.entries(rulings).map(([key, ruling]) => [key, narrowed(ruling, open)]));

/** Metadata that only purposes may keep which are closed for the person is taken out. */
function filesUnder(clause: CompiledChannel | undefined, metadata: Ruling | undefined): FileRules {
  const files = clause?.files ?? ANY_FILES;
  return metadata === undefined || metadata.do === 'keep' ? files : { ...files, stripMetadata: true };
}

/**
 * A channel that the document does not list keeps no identifier; without a purpose for routing nothing is kept at all.
 * @param open purposes that are open for the person, once that is settled: for others nothing stays
 */
export function heldRules(compiled: CompiledInstructions, channel: string, open?: ReadonlySet<string>): HeldRules {
  const routed = coveringOf(compiled, 'routing', open) !== null;
  const clause = Object.hasOwn(compiled.channels, channel) ? compiled.channels[channel] : undefined;
  const identifiers = routed && clause ? openOnly(clause.identifiers, open) : {};
  const rest = {
    content: routed ? categoryRuling(compiled, 'content', open) : NOT_COVERED,
    attachments: routed ? categoryRuling(compiled, 'attachments', open) : NOT_COVERED,
    files: filesUnder(clause, identifiers[FILE_METADATA]),
  };
  return {
    ...rest,
    identifiers,
    delivered: {
      ...rest,
      content: ended(rest.content),
      attachments: ended(rest.attachments),
      identifiers: withoutPassing(identifiers),
    },
  };
}

/** What may be held of messages of ours having been read on a channel. */
export function readingHeld({ channels }: CompiledInstructions, channel: string): ReturnType<typeof readingLeft> {
  const clause = Object.hasOwn(channels, channel) ? channels[channel] : undefined;
  return clause ? readingLeft(clause.reading) : 'nothing';
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
  const rules: ContentRules =
    given.state === 'open' ? given.rules : withoutFleeting(given.rules.delivered, held.fleeting);
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
  const { forms: _forms, passing: _passing, fleeting, messageId, until, status, ...rest } = held;
  const left = {
    ...rest,
    content: held.content && keepContent(held.content, rules),
    identifiers,
    ...(filled(forms) ? { forms } : {}),
    ...(filled(passing) ? { passing } : {}),
    ...(until !== undefined && given.state === 'open' ? { until, status } : {}),
    ...(fleeting && given.state === 'open' ? { fleeting } : {}),
    ...(held.emoji === undefined ? {} : { emoji: rules.content.do === 'drop' ? null : held.emoji }),
    ...(messageId !== undefined && rules.identifiers['message_id']?.do === 'keep' ? { messageId } : {}),
  };
  const unchanged = same(
    { ...left, forms, passing },
    { ...held, forms: held.forms ?? {}, passing: held.passing ?? {} },
  );
  return unchanged ? held : (left as unknown as H);
}
