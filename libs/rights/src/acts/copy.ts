// The copy of everything held about a person (Art. 15), or of what the person provided (Art. 20), as JSON.
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { asksConsent, type InForce } from '#libs/instructions';
import type { Category } from '#libs/kernel';
import type { PersonRows, RightsRequestRow } from '#libs/store';
import { pseudonymOf, type TenantKeys } from '#libs/vault';
import type { Suspicion } from '../incidents/components.js';
import { maskingOf, wordsOf } from './others.js';

export interface SealedMessage {
  readonly id: string;
  readonly body: Buffer;
  readonly conversationId: string;
  /** Of its conversation, sealed: what tokens in it stand for. */
  readonly tokens: Buffer | null;
}

/** Opens the body of a message; what is in it is the person's. */
export type OpenSealed = (message: SealedMessage) => unknown;

/** Opens the sealed bytes of a file that the person sent. */
export type OpenFile = (
  whose: { readonly tenantId: string; readonly subjectId: string; readonly key: Buffer },
  id: string,
  sealed: Buffer,
) => Buffer;

export interface Made {
  readonly request: Pick<RightsRequestRow, 'id' | 'exercised' | 'received_at'>;
  readonly person: PersonRows;
  readonly keys: TenantKeys;
  readonly inForce: InForce | null;
  readonly versions: readonly { readonly version: number; readonly hash: string; readonly approved_at: Date | null }[];
  readonly open: OpenSealed;
  /** For the controller, who may see everybody: other people are not masked. */
  readonly unmasked?: true;
  readonly at: Date;
}

/** Statements about no message in particular. */
const RECORD = '';

export const ACCESS_SCHEMA = '/schemas/parley-access-1.json';

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

/** A file that the person sent; its address is made when the copy is fetched, because it is good for an hour only. */
export interface CopiedFile {
  readonly id: string;
  readonly media: string;
  readonly mime: string;
  readonly size: number;
  readonly url?: string;
}

/** So that whoever has several copies, or the rows, can tell whether a record is the same. */
const hashed = <T extends object>(record: T): T & { readonly sha256: string } => ({
  ...record,
  sha256: createHash('sha256').update(canonicalize(record)!).digest('hex'),
});

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** What completes what is held (Art. 16 sentence 2): of one message, or of none in particular. */
const statementsOf = ({ person, inForce, unmasked }: Made) => {
  const show = maskingOf(unmasked ? null : inForce, person.identities.map(({ value }) => value)); // prettier-ignore
  return grouped(
    person.corrections.flatMap(({ kind, message_id, value, at }) =>
      kind === null ? [{ of: message_id ?? RECORD, statement: { text: wordsOf(show, value), at: at.toISOString() } }] : [],
    ),
    ({ of }) => of,
  );
}; // prettier-ignore

/** Told by the platform, not provided by the person. */
const isLookedUp = ({ type }: PersonRows['messages'][number]): boolean => type === 'profile';

/** What a purpose on consent or a contract covers: only that is taken along (Art. 20(1)(a)). Which purpose holds a message is not kept, so it goes by the version in force. */
const portableOf = (inForce: InForce | null): ReadonlySet<Category> =>
  new Set(
    Object.values(inForce?.document.purposes ?? {}).flatMap((purpose) =>
      asksConsent(purpose) || purpose.basis === 'A6-1-b' ? purpose.data : [],
    ),
  );

/** Messages of all conversations, by conversation: each row is looked at once, however many there are. */
function messagesOf(made: Made, portable: ReadonlySet<Category> | null) {
  const { person, inForce, open, unmasked } = made;
  const show = maskingOf(unmasked ? null : inForce, person.identities.map(({ value }) => value)); // prettier-ignore
  const covers = (category: Category): boolean => portable === null || portable.has(category);
  const attachments = grouped(covers('attachments') ? person.attachments : [], (a) => a.message_id);
  const deliveries = grouped(person.deliveries, (d) => d.message_id);
  const statements = statementsOf(made);
  const tokens = new Map(person.conversations.map((c) => [c.id, c.tokens]));
  const records = person.messages
    .filter((m) => portable === null || (m.direction === 'in' && !isLookedUp(m) && (covers('content') || attachments.has(m.id))))
    .map((m) => ({ conversationId: m.conversation_id, record: hashed({
      id: m.id,
      direction: m.direction,
      type: m.type,
      at: m.at.toISOString(),
      state: m.state,
      code: m.code,
      purposes: m.purposes,
      needsConsent: m.under_consent,
      waitsFor: m.waiting ?? [],
      waitsUntil: iso(m.held_until),
      content: m.body === null || !covers('content') ? null : show(open({ id: m.id, body: m.body, conversationId: m.conversation_id, tokens: tokens.get(m.conversation_id) ?? null })),
      replyTo: m.reply_to,
      instructions: { version: m.instruction_version, clause: m.clause },
      statements: (covers('content') ? (statements.get(m.id) ?? []) : []).map(({ statement }) => statement),
      attachments: (attachments.get(m.id) ?? []).map(({ id, media, mime, size }): CopiedFile => ({ id, media, mime, size })),
      deliveries: (deliveries.get(m.id) ?? []).map(({ status, code, clause, at }) => ({ status, code, clause, at: at.toISOString() })),
    }) })); // prettier-ignore
  return grouped(records, ({ conversationId }) => conversationId);
}

function recipientsOf({ person, inForce, keys }: Made) {
  return person.disclosures.map((d) => {
    const clause = inForce?.document.recipients[d.recipient];
    return {
      recipient: d.recipient,
      entity: clause?.entity ?? null,
      country: clause?.country ?? null,
      transfer: clause?.transfer ?? null,
      /** Under which ids the recipient knows the person and their conversations. */
      pseudonym: pseudonymOf(keys, d.recipient, person.subject.id),
      conversations: person.conversations.map(({ id }) => ({
        conversation: id,
        pseudonym: pseudonymOf(keys, d.recipient, id),
      })),
      purpose: d.purpose,
      categories: d.categories,
      instructions: { version: d.instruction_version, clause: d.clause },
      count: d.count,
      firstAt: d.first_at.toISOString(),
      lastAt: d.last_at.toISOString(),
    };
  });
}

/** From where the data is (Art. 15(1)(g)). */
function sourcesOf({ conversations, messages }: PersonRows): string[] {
  const asked = new Set(messages.filter(isLookedUp).map((m) => m.conversation_id));
  const channels = (of: PersonRows['conversations']): string[] => [...new Set(of.map((c) => c.channel))];
  return [
    ...channels(conversations).map((channel) => `the person, by messages on ${channel}`),
    ...channels(conversations.filter(({ id }) => asked.has(id))).map(
      (channel) => `the platform of ${channel}, which was asked about the person's profile`,
    ),
  ];
}

/** That a message held something of a special category or of an offence (Arts. 9, 10), what was told, and by when it goes. Never which. */
const sensitiveIn = (s: PersonRows['sensitive'][number]) => ({
  message: s.message_id,
  section: s.section,
  mode: s.mode,
  told: s.told,
  text: { sha256: s.text_hash, language: s.language },
  instructions: { version: s.instruction_version, clause: s.clause },
  at: s.at.toISOString(),
  goesBy: iso(s.purge_at),
  goneAt: iso(s.purged_at),
});

/** A breach of which the controller was told, and what of the person was in reach (docs/decisions/0017). */
const incidentIn = (i: PersonRows['incidents'][number]) =>
  hashed({
    id: i.id,
    from: i.from_at.toISOString(),
    to: i.to_at.toISOString(),
    suspicion: i.suspicion as readonly Suspicion[],
    categories: i.categories,
    messages: i.events,
    firstAt: iso(i.first_at),
    lastAt: iso(i.last_at),
    controllerToldAt: i.told_at.toISOString(),
  });

/** Being of age to consent (Art. 8): what was asked and answered, against which threshold. */
const ageIn = (a: PersonRows['ages'][number]) => ({
  state: a.state,
  threshold: a.age,
  source: a.source,
  text: { sha256: a.text_hash, language: a.language },
  channel: a.channel,
  instructions: { version: a.instruction_version, clause: a.clause },
  at: a.at.toISOString(),
});

/** Beside the data: why, who, how long, from where (Art. 15(1)). */
function aboutProcessing(made: Made) {
  const { person, inForce, versions } = made;
  const used = new Set([
    ...person.messages.map((m) => m.instruction_version),
    ...person.conversations.map((c) => c.instruction_version),
    ...person.disclosures.map((d) => d.instruction_version),
    ...person.consents.map((c) => c.instruction_version),
    ...person.sensitive.map((s) => s.instruction_version),
    ...person.ages.map((a) => a.instruction_version),
    ...person.corrections.map((c) => c.instruction_version),
  ]);
  return {
    purposes: Object.entries(inForce?.document.purposes ?? {}).map(([id, p]) => ({
      id,
      dpv: p.dpv,
      basis: p.basis ?? null,
      data: p.data,
    })),
    recipients: recipientsOf(made),
    retention: inForce?.document.retention ?? [],
    consents: person.consents.map((c) => ({
      purpose: c.purpose,
      state: c.state,
      text: { id: c.text_id, version: c.text_version, sha256: c.text_hash, language: c.language },
      channel: c.channel,
      source: c.source,
      instructions: { version: c.instruction_version, clause: c.clause },
      at: c.at.toISOString(),
    })),
    objections: person.objections.map((o) => ({
      purpose: o.purpose,
      instructions: { version: o.instruction_version, clause: o.clause },
      at: o.at.toISOString(),
    })),
    sensitive: person.sensitive.map(sensitiveIn),
    incidents: person.incidents.map(incidentIn),
    ages: person.ages.map(ageIn),
    instructions: versions
      .filter((v) => used.has(v.version) || v.version === inForce?.version)
      .map((v) => ({ version: v.version, sha256: v.hash, approvedAt: iso(v.approved_at) })),
    sources: sourcesOf(person),
    requests: person.requests.map((r) => ({
      right: r.exercised,
      state: r.state,
      source: r.source,
      purpose: r.purpose,
      receivedAt: r.received_at.toISOString(),
      due: r.due_at.toISOString(),
      extendedBecause: r.extended_because,
      decidedAt: iso(r.decided_at),
      justification: r.justification,
      completedAt: iso(r.completed_at),
      liftedAt: iso(r.lifted_at),
      goesBy: iso(r.kept_until),
    })),
    /** Labels and the like: this gateway derives nothing about a person but these. */
    derived: person.conversations.some((c) => c.tokens !== null)
      ? ['tokens that stand for contact details in texts given to recipients, see conversations']
      : [],
    automatedDecisions: 'none by this gateway; the answers of recipients are theirs',
  };
}

/** One person's copy. Portability leaves out what others said of and did with it, and what is held on neither consent nor a contract. */
export function copyOf(made: Made) {
  const { request, person, inForce } = made;
  const portable = request.exercised === 'portability';
  const parties = inForce?.document.parties;
  const taken = portable ? portableOf(inForce) : null;
  const covers = (category: Category): boolean => taken === null || taken.has(category);
  const messages = messagesOf(made, taken);
  return {
    schema: ACCESS_SCHEMA,
    request: { id: request.id, right: request.exercised, receivedAt: request.received_at.toISOString() },
    madeAt: made.at.toISOString(),
    controller: parties?.controller ?? null,
    dpo: parties?.dpo ?? null,
    authority: parties?.authority ?? null,
    person: {
      id: person.subject.id,
      since: person.subject.created_at.toISOString(),
      restricted: person.subject.restricted,
      marketingStoppedAt: iso(person.subject.marketing_stopped_at),
      identifiers: (covers('routing') ? person.identities : []).map((i) => ({
        kind: i.kind,
        value: i.value,
        clause: i.clause,
        from: i.valid_from.toISOString(),
        until: iso(i.valid_to),
      })),
      /** What stands instead of what the channel says, wherever it says it. */
      corrections: (covers('profile') ? person.corrections : []).flatMap(({ channel, kind, value, clause, at }) =>
        channel === null || kind === null ? [] : [{ channel, kind, value, clause, at: at.toISOString() }],
      ),
      statements: (covers('content') ? (statementsOf(made).get(RECORD) ?? []) : []).map(({ statement }) => statement),
    },
    conversations: person.conversations.map((c) => ({
      id: c.id,
      channel: c.channel,
      connection: c.connection,
      locale: c.locale,
      since: c.created_at.toISOString(),
      lastFromPersonAt: iso(c.last_inbound_at),
      /** When another app was last known to have it. */
      withAnotherAppAt: iso(c.aside_at),
      noticeSha256: c.notice_hash,
      /** When its content goes, and when all of it (Art. 15(1)(d)), if nothing more is said. */
      contentGoesBy: iso(c.content_due_at),
      goesBy: iso(c.due_at),
      instructions: { version: c.instruction_version, clause: c.clause },
      ...(portable || c.meanings === null ? {} : { tokens: c.meanings }),
      messages: (messages.get(c.id) ?? []).map(({ record }) => record),
    })),
    ...(portable ? {} : { processing: aboutProcessing(made) }),
  };
}

export type PersonCopy = ReturnType<typeof copyOf>;
