// Media that a person sent: fetched once through the egress client, checked, stripped of metadata, sealed, listed.
import { createHash } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { categoryRuling, type CompiledInstructions, type FileRules, type MinimisedTurn } from '#libs/instructions';
import type { Content, HttpRequest, HttpResponse } from '#libs/kernel';
import type { Logger } from '#libs/platform';
import type { RecipientAttachment } from '#libs/recipients';
import type { OpenMessage, Store } from '#libs/store';
import { contextOf, seal, unseal, type Place } from '#libs/vault';
import { resealReduced, type InboundBody, type Whose } from './body.js';
import { stripMetadata } from './strip-metadata.js';
import type { TurnInHand } from './turn.js';

type Media = Extract<Content, { type: 'media' }>;

export interface MediaIntake {
  /** Fetches what instructions kept of a message's media, unless it is here already; answers the body as it is stored then. A network failure: try later. */
  fetch(
    hand: TurnInHand,
    message: OpenMessage,
    body: InboundBody,
  ): Promise<{ kind: 'on'; body: InboundBody } | { kind: 'rest'; afterMs: number }>;
  /** What of it a recipient is told: a random id and an address at this gateway, if its turn covers attachments. */
  listed(
    hand: TurnInHand,
    of: { readonly messageId: string; readonly content: Content | null },
    turn: MinimisedTurn,
  ): Promise<readonly RecipientAttachment[]>;
}

/** What is behind an address: the file as it is held, or without what is embedded in it. */
export type ServedAs = 'held' | 'stripped';

export interface MediaDeps {
  readonly store: Store;
  readonly send: (request: HttpRequest, hand: TurnInHand) => Promise<HttpResponse>;
  /** A short-lived address of an attachment at this gateway. */
  readonly urlOf: (tenantId: string, attachmentId: string, as: ServedAs) => Promise<string>;
  readonly log: Logger;
}

const RETRY_MS = 5_000;
const MAX_ATTEMPTS = 4;

const placeOf = (whose: Whose, id: string): Place => ({
  tenantId: whose.tenantId,
  subjectId: whose.subjectId,
  table: 'attachment',
  row: id,
  field: 'bytes',
});

/** Opens a stored attachment. @throws SealBroken */
export const openAttachment = (whose: Whose, id: string, sealed: Buffer): Buffer =>
  unseal(whose.key, sealed, contextOf(placeOf(whose, id)));

export const sealFile = (whose: Whose, id: string, bytes: Buffer): Buffer =>
  seal(whose.key, bytes, contextOf(placeOf(whose, id)));

/** Platforms give SHA-256 as base64 in webhooks and as hex elsewhere: either must fit. */
export function digestFits(bytes: Buffer, stated: string | undefined): boolean {
  if (stated === undefined) return true;
  const digest = createHash('sha256').update(bytes).digest();
  return stated === digest.toString('base64') || stated.toLowerCase() === digest.toString('hex');
}

export const isTooLarge = ({ maxBytes }: FileRules, bytes: Buffer): boolean =>
  maxBytes !== null && bytes.length > maxBytes;

/** The row that keeps a file: without metadata unless instructed otherwise, sealed under its person's key. */
export function attachmentFrom(
  whose: Whose,
  messageId: string,
  file: {
    readonly media: Media;
    readonly bytes: Buffer;
    readonly rules: FileRules;
    readonly position: number;
    readonly instructions: CompiledInstructions;
  },
) {
  const id = uuid();
  const clean = file.rules.stripMetadata ? stripMetadata(file.bytes) : file.bytes;
  return {
    id,
    messageId,
    subjectId: whose.subjectId,
    media: file.media.media,
    mime: file.media.mime ?? 'application/octet-stream',
    size: clean.length,
    position: file.position,
    bytes: sealFile(whose, id, clean),
    version: file.instructions.version,
    clause: categoryRuling(file.instructions, 'attachments', undefined).clause,
  };
}

export const mediaOf = (content: Content | null): Media[] =>
  content?.type === 'media' ? [content] : content?.type === 'group' ? content.items.flatMap(mediaOf) : [];

const FETCHED = { id: 'fetched' };
const isFetched = (media: Media): boolean => 'id' in media.source && media.source.id === FETCHED.id;

/** Without what the platform calls the bytes: an id or address, and a digest, by which a file can be recognised anywhere. */
export function withoutSources(content: Content): Content {
  if (content.type === 'group') return { ...content, items: content.items.map(withoutSources) };
  if (content.type !== 'media') return content;
  const { sha256: _digest, ...rest } = content;
  return { ...rest, source: FETCHED };
}

export function createMedia({ store, send, urlOf, log }: MediaDeps): MediaIntake {
  async function bytesOf(hand: TurnInHand, media: Media, rules: FileRules): Promise<Buffer | 'retry' | 'refused'> {
    const { adapter, settings } = hand.connection;
    const most = Math.min(adapter.manifest.maxMedia[media.media], rules.maxBytes ?? Infinity);
    const plan = adapter.media?.(media.source, settings);
    if (!plan || 'refused' in plan) return 'refused';
    // The limit is of the file: the answer that only says where it is may be longer than a small file may be.
    const first = plan.next ? adapter.manifest.maxMedia[media.media] : most;
    let response = await send({ ...plan.request, maxBytes: Math.min(plan.request.maxBytes, first) }, hand);
    if (plan.next && response.kind === 'answered' && response.status < 300) {
      const next = plan.next(response);
      if ('refused' in next) return 'refused';
      response = await send({ ...next, maxBytes: Math.min(next.maxBytes, most) }, hand);
    }
    if (response.kind === 'failed')
      return response.reason === 'forbidden-host' || response.reason === 'too-large' ? 'refused' : 'retry';
    if (response.status >= 500 || response.status === 429) return 'retry';
    return response.status < 300 && response.bytes ? response.bytes : 'refused';
  }

  /** Once the bytes are here, the platform's id and digest of them have served their purpose (Art. 5(1)(e)). */
  async function forgetSources(hand: TurnInHand, message: OpenMessage, body: InboundBody) {
    const on = { kind: 'on' } as const;
    if (!body.content || mediaOf(body.content).every(isFetched)) return { ...on, body };
    const left = { ...body, content: withoutSources(body.content) };
    await store.replaceBody(hand.whose.tenantId, message.id, resealReduced(hand.whose, message.id, left));
    return { ...on, body: left };
  }

  return {
    async fetch(hand, message, body) {
      const { tenantId } = hand.whose;
      const wanted = mediaOf(body.content);
      if (wanted.length === 0) return { kind: 'on', body };
      const rules = hand.instructions.channels[hand.connection.channel]?.files;
      if (!rules) return { kind: 'on', body };
      // Of several files some may be here from a time that ended half-way.
      const already = new Set((await store.attachmentsOf(tenantId, message.id)).map((one) => one.position));
      for (const [position, media] of wanted.entries()) {
        if (already.has(position) || isFetched(media)) continue;
        const bytes = await bytesOf(hand, media, rules);
        if (bytes === 'retry' && hand.turn.attempts < MAX_ATTEMPTS) return { kind: 'rest', afterMs: RETRY_MS };
        if (typeof bytes === 'string' || !digestFits(bytes, media.sha256)) {
          log.warn('media.refused', { tenantId, messageId: message.id });
          continue;
        }
        await store.storeAttachment(
          tenantId,
          attachmentFrom(hand.whose, message.id, { media, bytes, rules, position, instructions: hand.instructions }),
        );
      }
      return forgetSources(hand, message, body);
    },
    async listed(hand, { messageId, content }, turn) {
      // Only what has media can have attachments: other messages need no query.
      if (!turn.categories.includes('attachments') || mediaOf(content).length === 0) return [];
      const stored = await store.attachmentsOf(hand.whose.tenantId, messageId);
      return Promise.all(
        stored.map(async (a) => ({
          id: a.id,
          type: a.media,
          mime: a.mime,
          url: await urlOf(hand.whose.tenantId, a.id, turn.fileMetadata ? 'held' : 'stripped'),
        })),
      );
    },
  };
}
