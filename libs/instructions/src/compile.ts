// The document turned into look-ups, so that deciding walks nothing.
import type { Category, IdentifierKind } from '#libs/kernel';
import { consentsOf } from './consent/consent.js';
import type { CompiledFreeText, CompiledInstructions, CompiledRecipient, Facts, Ruling } from './decision.js';
import { coarseningOf } from './coarsen.js';
import { DETECT_KINDS } from './detect/index.js';
import { isMarketing } from './marketing.js';
import { minorsOf } from './minors/minors.js';
import type { ActionClause, ChannelClause, InstructionsDocument } from './document.js';
import { filesOf } from './files.js';
import { objectedBySignal } from './gpc.js';
import { pointer } from './pointer.js';
import { termOf } from './register.js';
import { sensitiveOf } from './special/special.js';
import { fillTexts } from './texts.js';

export interface CompileMeta {
  readonly tenantId: string;
  readonly version: number;
  /** SHA-256, hex, over the RFC 8785 form. */
  readonly hash: string;
  readonly privacyPage: string;
  /** Recipients to which the controller objects. */
  readonly objected?: readonly string[];
}

const NOT_LISTED: Ruling = Object.freeze({ do: 'drop', clause: 'default:identifier-not-listed' });

const actionOf = (clause: ActionClause) => (typeof clause === 'string' ? clause : clause.do);

function rulingOn(channel: string, { identifiers }: ChannelClause, kind: IdentifierKind): Ruling {
  const action = Object.hasOwn(identifiers, kind.key) ? identifiers[kind.key] : undefined;
  if (action === undefined) return NOT_LISTED;
  const ruling: Ruling = { do: actionOf(action), clause: pointer('channels', channel, 'identifiers', kind.key) };
  if (ruling.do === 'pass' && typeof action === 'object' && action.purposes)
    return { ...ruling, purposes: action.purposes };
  return ruling.do === 'truncate' ? { ...ruling, coarsening: coarseningOf(kind) } : ruling;
}

function channelsOf(document: InstructionsDocument, facts: Facts): CompiledInstructions['channels'] {
  const channels: Record<string, CompiledInstructions['channels'][string]> = {};
  for (const [channel, clause] of Object.entries(document.channels)) {
    const identifiers: Record<string, Ruling> = {};
    // Closed world: every kind of the registry has a ruling, and it is to drop unless the document says otherwise.
    for (const kind of facts.channels[channel] ?? []) identifiers[kind.key] = rulingOn(channel, clause, kind);
    const gpc = clause.gpc === 'object' ? objectedBySignal(document) : [];
    channels[channel] = { enabled: clause.enabled !== false, identifiers, files: filesOf(clause), gpc };
  }
  return channels;
}

function storingOf(document: InstructionsDocument): CompiledInstructions['storing'] {
  const storing: Partial<Record<Category, { purpose: string; clause: string }>> = {};
  for (const [purpose, clause] of Object.entries(document.purposes))
    for (const category of clause.data) storing[category] ??= { purpose, clause: pointer('purposes', purpose) };
  return storing;
}

const categoriesOf = (facts: Facts, key: string): readonly Category[] => [
  ...new Set(
    Object.values(facts.channels).flatMap((kinds) => kinds.filter((k) => k.key === key).map((k) => k.category)),
  ),
];

const recipientsOf = (
  document: InstructionsDocument,
  facts: Facts,
  { objected = [] }: CompileMeta,
): CompiledRecipient[] =>
  Object.entries(document.recipients).map(([id, r]) => ({
    id,
    kind: r.kind,
    url: r.url ?? null,
    entity: r.entity ?? null,
    country: r.country ?? null,
    purposes: r.purposes,
    data: r.data.filter((category) => r.purposes.some((p) => document.purposes[p]?.data.includes(category))),
    identifiers: r.identifiers ?? [],
    covers: Object.fromEntries((r.identifiers ?? []).map((key) => [key, categoriesOf(facts, key)])),
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

const freeTextOf = ({ freeText }: InstructionsDocument): CompiledFreeText => ({
  detect: freeText?.detect ? DETECT_KINDS.filter((kind) => freeText.detect?.includes(kind)) : DETECTED,
  beforeStore: freeText?.beforeStore ?? 'as-is',
  beforeRecipient: freeText?.beforeRecipient ?? {},
});

/** Compiles a document that the review found free of errors. */
export function compile(document: InstructionsDocument, facts: Facts, meta: CompileMeta): CompiledInstructions {
  return Object.freeze({
    tenantId: meta.tenantId,
    version: meta.version,
    hash: meta.hash,
    channels: channelsOf(document, facts),
    recipients: recipientsOf(document, facts, meta),
    purposes: Object.fromEntries(
      Object.entries(document.purposes).map(([id, purpose]) => [
        id,
        { data: purpose.data, marketing: isMarketing(purpose), clause: pointer('purposes', id) },
      ]),
    ),
    consents: consentsOf(document),
    freeText: freeTextOf(document),
    sensitive: sensitiveOf(document),
    minors: minorsOf(document),
    country: document.parties.controller.country ?? null,
    keywords: document.keywords ?? {},
    texts: fillTexts(document, meta.privacyPage),
    storing: storingOf(document),
  });
}
