// The document turned into look-ups, so that deciding walks nothing.
import type { Category, IdentifierKind } from '#libs/kernel';
import { asksConsent, consentsOf } from './consent/consent.js';
import { narrowed, NOT_COVERED, NOT_LISTED } from './cover.js';
import type { CompiledFreeText, CompiledInstructions, CompiledPurpose, CompiledRecipient, Covering, Facts, Ruling } from './decision.js'; // prettier-ignore
import { coarseningOf } from './coarsen.js';
import { DETECT_KINDS } from './detect/index.js';
import { isMarketing } from './marketing.js';
import { minorsOf } from './minors/minors.js';
import { OPERATIONS, type ActionClause, type ActionDetail, type ChannelClause, type InstructionsDocument, type Purpose, type PurposeOperation } from './document.js'; // prettier-ignore
import { FILE_METADATA, filesOf } from './files.js';
import { needsLookUp } from './look-ups.js';
import { objectedBySignal } from './gpc.js';
import { pointer } from './pointer.js';
import { termOf } from './register.js';
import { sensitiveOf } from './special/special.js';
import { fillTexts, languageOf } from './texts.js';
import { TOLD_IN } from './told.js';

export interface CompileMeta {
  readonly tenantId: string;
  readonly version: number;
  /** SHA-256, hex, over the RFC 8785 form. */
  readonly hash: string;
  readonly privacyPage: string;
  /** Recipients to which the controller objects. */
  readonly objected?: readonly string[];
  /** Versions that were in force before. */
  readonly earlier?: readonly number[];
}

const detailOf = (clause: ActionClause): ActionDetail => (typeof clause === 'string' ? { do: clause } : clause);

/** What a purpose must be allowed to do with what an action leaves; null: it leaves nothing. */
export const NEEDED: Readonly<Record<ActionDetail['do'], readonly PurposeOperation[] | null>> = {
  keep: ['collect', 'store'],
  pseudonymise: ['collect', 'store'],
  truncate: ['collect', 'store'],
  pass: ['collect', 'disclose'],
  drop: null,
  block: null,
};

const mayDo = ({ operations = OPERATIONS }: Purpose, needed: readonly PurposeOperation[]): boolean =>
  needed.every((operation) => operations.includes(operation));

function rulingOn(document: InstructionsDocument, channel: string, kind: IdentifierKind): Ruling {
  const identifiers = document.channels[channel]?.identifiers ?? {};
  const written = Object.hasOwn(identifiers, kind.key) ? identifiers[kind.key] : undefined;
  if (written === undefined) return NOT_LISTED;
  const { do: action, purposes: named } = detailOf(written);
  const ruling: Ruling = { do: action, clause: pointer('channels', channel, 'identifiers', kind.key) };
  const needed = NEEDED[action];
  if (needed === null) return ruling;
  const purposes = Object.entries(document.purposes)
    .filter(([id, p]) => (named?.includes(id) ?? true) && p.data.includes(kind.category) && mayDo(p, needed))
    // What has to be looked up is there for whoever asked for it.
    .filter(([, p]) => !needsLookUp(kind) || p.features?.includes(kind.key) === true)
    .map(([id]) => id);
  if (purposes.length === 0) return NOT_COVERED;
  return {
    ...ruling,
    purposes,
    ...(kind.role === 'routing' ? { routing: true } : {}),
    ...(action === 'truncate' ? { coarsening: coarseningOf(kind) } : {}),
  };
}

/** What the rows of a message are not known by, but hold inside of what is sealed. */
const BESIDE: ReadonlySet<Category> = new Set(['profile', 'network', 'device', 'derived']);
const HOLDS: ReadonlySet<string> = new Set(['keep', 'pseudonymise', 'truncate']);

/** The categories of identifiers that are kept beside the messages of each channel. */
export const keptBeside = (document: InstructionsDocument, { channels }: Facts): Record<string, Category[]> =>
  Object.fromEntries(
    Object.keys(document.channels).map((channel) => {
      const kept = (channels[channel] ?? []).filter((kind) => HOLDS.has(rulingOn(document, channel, kind).do));
      return [channel, [...new Set(kept.map(({ category }) => category))].filter((one) => BESIDE.has(one))];
    }),
  );

/** Of the kinds that a channel can look up those that purposes ask for, where something of them is left. */
function lookUpsOf(
  { purposes }: InstructionsDocument,
  kinds: readonly IdentifierKind[],
  identifiers: Readonly<Record<string, Ruling>>,
): Record<string, readonly string[]> {
  const asking = kinds
    .filter(({ lookedUp }) => lookedUp)
    .map(({ key }) => [key, (identifiers[key]?.purposes ?? []).filter((id) => purposes[id]?.features?.includes(key))] as const);
  return Object.fromEntries(asking.filter(([, ids]) => ids.length > 0));
} // prettier-ignore

/** What is inside of a file has no coarser form and is not passed on alone: where it is taken out, that is what is done with it. */
const takenOut = (ruling: Ruling, channel: string, { attachments }: ChannelClause): Ruling => {
  if (ruling.do === 'drop' || ruling.do === 'block') return ruling;
  const denied = ruling.do === 'keep' && attachments?.stripMetadata === true;
  return { do: 'drop', clause: denied ? pointer('channels', channel, 'attachments', 'stripMetadata') : ruling.clause };
};

function channelsOf(document: InstructionsDocument, facts: Facts): CompiledInstructions['channels'] {
  const channels: Record<string, CompiledInstructions['channels'][string]> = {};
  const unasked = new Set(Object.keys(document.purposes).filter((id) => !asksConsent(document.purposes[id])));
  for (const [channel, clause] of Object.entries(document.channels)) {
    const identifiers: Record<string, Ruling> = {};
    // Closed world: every kind of the registry has a ruling, and it is to drop unless the document says otherwise.
    for (const kind of facts.channels[channel] ?? []) identifiers[kind.key] = rulingOn(document, channel, kind);
    const files = filesOf(clause, identifiers[FILE_METADATA]?.do);
    const metadata = identifiers[FILE_METADATA];
    if (metadata && files.stripMetadata) identifiers[FILE_METADATA] = takenOut(metadata, channel, clause);
    const reading = (facts.channels[channel] ?? []).find((kind) => kind.reading)?.key;
    const gpc = clause.gpc === 'object' ? objectedBySignal(document) : [];
    channels[channel] = {
      enabled: clause.enabled !== false,
      identifiers,
      lookUps: lookUpsOf(document, facts.channels[channel] ?? [], identifiers),
      files,
      reading: reading === undefined ? NOT_LISTED : narrowed(identifiers[reading], unasked),
      gpc,
    };
  }
  return channels;
}

function storingOf(document: InstructionsDocument): CompiledInstructions['storing'] {
  const storing: Partial<Record<Category, Covering[]>> = {};
  const purposes = Object.entries(document.purposes).filter(([, purpose]) => mayDo(purpose, ['collect', 'store']));
  // What needs no consent first: it is the reason that stands, whatever the person answers.
  for (const consented of [false, true])
    for (const [purpose, clause] of purposes.filter(([, one]) => asksConsent(one) === consented))
      for (const category of new Set(clause.data))
        (storing[category] ??= []).push({ purpose, clause: pointer('purposes', purpose) });
  return storing;
}

const PASSED: readonly Category[] = ['content', 'attachments'];

/** People cannot be answered by what is not stored: routing is never passed on only. */
function passingOf(document: InstructionsDocument): CompiledInstructions['passing'] {
  const passing: Partial<Record<Category, Covering[]>> = {};
  for (const [purpose, clause] of Object.entries(document.purposes))
    if (mayDo(clause, ['collect', 'disclose']) && !mayDo(clause, ['store']))
      for (const category of PASSED.filter((one) => clause.data.includes(one)))
        (passing[category] ??= []).push({ purpose, clause: pointer('purposes', purpose) });
  return passing;
}

const purposeOf = (id: string, purpose: Purpose): CompiledPurpose => ({
  data: purpose.data,
  operations: purpose.operations ?? OPERATIONS,
  consent: asksConsent(purpose),
  marketing: isMarketing(purpose),
  clause: pointer('purposes', id),
});

const recipientsOf = (document: InstructionsDocument, { objected = [] }: CompileMeta): CompiledRecipient[] =>
  Object.entries(document.recipients).map(([id, r]) => ({
    id,
    kind: r.kind,
    url: r.url ?? null,
    entity: r.entity ?? null,
    country: r.country ?? null,
    purposes: r.purposes,
    data: r.data.filter((category) => r.purposes.some((p) => document.purposes[p]?.data.includes(category))),
    identifiers: r.identifiers ?? [],
    term: termOf(r),
    objected: objected.includes(id),
    model: r.model ?? null,
    prompt: r.prompt ?? null,
    clause: pointer('recipients', id),
  }));

/**
 * Looked for unless a document lists kinds itself. Names and addresses are guesses. A person's own number or id, which they type
 * because the bot asks for it, is passed on (decision 0007); a document that lists `own-identifiers` keeps it back.
 */
const DETECTED = DETECT_KINDS.filter((kind) => kind !== 'address' && kind !== 'name' && kind !== 'own-identifiers');

export const detectOf = ({ freeText }: Pick<InstructionsDocument, 'freeText'>): CompiledFreeText['detect'] =>
  freeText?.detect ? DETECT_KINDS.filter((kind) => freeText.detect?.includes(kind)) : DETECTED;

const freeTextOf = ({ freeText }: InstructionsDocument): CompiledFreeText => ({
  detect: detectOf({ freeText }),
  beforeStore: freeText?.beforeStore ?? 'as-is',
  beforeRecipient: freeText?.beforeRecipient ?? {},
});

/** Compiles a document that the review found free of errors. */
export function compile(document: InstructionsDocument, facts: Facts, meta: CompileMeta): CompiledInstructions {
  const texts = fillTexts(document, meta.privacyPage);
  const spoken = Object.values(texts).flatMap((text) => Object.keys(text).map(languageOf));
  return Object.freeze({
    tenantId: meta.tenantId,
    version: meta.version,
    hash: meta.hash,
    earlier: new Set(meta.earlier),
    channels: channelsOf(document, facts),
    recipients: recipientsOf(document, meta),
    purposes: Object.fromEntries(
      Object.entries(document.purposes).map(([id, purpose]) => [id, purposeOf(id, purpose)]),
    ),
    consents: consentsOf(document),
    freeText: freeTextOf(document),
    sensitive: sensitiveOf(document),
    minors: minorsOf(document),
    country: document.parties.controller.country ?? null,
    keywords: document.keywords ?? {},
    texts,
    languages: new Set([...TOLD_IN, ...spoken]),
    storing: storingOf(document),
    passing: passingOf(document),
  });
}
