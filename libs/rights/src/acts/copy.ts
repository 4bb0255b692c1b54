// The copy of everything held about a person (Art. 15), or of what the person provided (Art. 20), as JSON.
import type { InForce } from '#libs/instructions';
import type { PersonRows, RightsRequestRow } from '#libs/store';

export interface SealedMessage {
  readonly id: string;
  readonly body: Buffer;
  readonly conversationId: string;
  /** Of its conversation, sealed: what tokens in it stand for. */
  readonly tokens: Buffer | null;
}

/** Opens the body of a message; what is in it is the person's. */
export type OpenSealed = (message: SealedMessage) => unknown;

export interface Made {
  readonly request: Pick<RightsRequestRow, 'id' | 'exercised' | 'received_at'>;
  readonly person: PersonRows;
  readonly inForce: InForce | null;
  readonly versions: readonly { readonly version: number; readonly hash: string; readonly approved_at: Date | null }[];
  readonly open: OpenSealed;
  readonly at: Date;
}

export const ACCESS_SCHEMA = '/schemas/parley-access-1.json';

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

function messagesOf({ person, open }: Made, conversationId: string, inboundOnly: boolean) {
  const tokens = person.conversations.find(({ id }) => id === conversationId)?.tokens ?? null;
  return person.messages
    .filter((m) => m.conversation_id === conversationId && (!inboundOnly || m.direction === 'in'))
    .map((m) => ({
      id: m.id,
      direction: m.direction,
      type: m.type,
      at: m.at.toISOString(),
      state: m.state,
      content: m.body === null ? null : open({ id: m.id, body: m.body, conversationId, tokens }),
      replyTo: m.reply_to,
      instructions: { version: m.instruction_version, clause: m.clause },
      attachments: person.attachments
        .filter((a) => a.message_id === m.id)
        .map(({ id, media, mime, size }) => ({ id, media, mime, size })),
    }));
}

function recipientsOf({ person, inForce }: Made) {
  return person.disclosures.map((d) => {
    const clause = inForce?.document.recipients[d.recipient];
    return {
      recipient: d.recipient,
      entity: clause?.entity ?? null,
      country: clause?.country ?? null,
      transfer: clause?.transfer ?? null,
      purpose: d.purpose,
      categories: d.categories,
      instructions: { version: d.instruction_version },
      count: d.count,
      firstAt: d.first_at.toISOString(),
      lastAt: d.last_at.toISOString(),
    };
  });
}

/** Beside the data: why, who, how long, from where (Art. 15(1)). */
function aboutProcessing(made: Made) {
  const { person, inForce, versions } = made;
  const used = new Set([
    ...person.messages.map((m) => m.instruction_version),
    ...person.disclosures.map((d) => d.instruction_version),
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
      at: c.at.toISOString(),
    })),
    objections: person.objections.map((o) => ({ purpose: o.purpose, at: o.at.toISOString() })),
    instructions: versions
      .filter((v) => used.has(v.version) || v.version === inForce?.version)
      .map((v) => ({ version: v.version, sha256: v.hash, approvedAt: iso(v.approved_at) })),
    sources: [...new Set(person.conversations.map((c) => c.channel))].map(
      (channel) => `the person, by messages on ${channel}`,
    ),
    automatedDecisions: 'none by this gateway; the answers of recipients are theirs',
  };
}

/** One person's copy. Portability leaves out what others said and did with it. */
export function copyOf(made: Made) {
  const { request, person, inForce } = made;
  const portable = request.exercised === 'portability';
  const parties = inForce?.document.parties;
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
      identifiers: person.identities.map((i) => ({
        kind: i.kind,
        value: i.value,
        clause: i.clause,
        from: i.valid_from.toISOString(),
        until: iso(i.valid_to),
      })),
    },
    conversations: person.conversations.map((c) => ({
      id: c.id,
      channel: c.channel,
      connection: c.connection,
      locale: c.locale,
      since: c.created_at.toISOString(),
      messages: messagesOf(made, c.id, portable),
    })),
    ...(portable ? {} : { processing: aboutProcessing(made) }),
  };
}

export type PersonCopy = ReturnType<typeof copyOf>;
