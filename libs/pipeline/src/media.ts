// Media that a person sent: fetched through the egress client, checked, stripped of metadata, sealed, listed; waited for where they cannot be had yet.
import { createHash } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { categoryRuling, type CompiledInstructions, type FileRules, type MinimisedTurn } from '#libs/instructions';
import type { Content, HttpRequest, HttpResponse, MediaType } from '#libs/kernel';
import type { Logger } from '#libs/platform';
import type { RecipientAttachment } from '#libs/recipients';
import type { AttachmentRow, OpenMessage, Store } from '#libs/store';
import { contextOf, seal, unseal, type Place } from '#libs/vault';
import { resealReduced, type InboundBody, type Whose } from './body.js';
import { fetchFile, type Fetched, type Media } from './fetch-file.js';
import { LONGEST_HELD_MS, pausedFor, spread, STOPPED_MS, stoppedFor } from './stopped.js';
import { stripMetadata } from './strip-metadata.js';
import type { TurnInHand } from './turn.js';

export interface MediaIntake {
  /**
   * Fetches what instructions kept of a message's media, unless it is here already; answers the body as it is stored then, and
   * why a file is missing that may yet be had. What cannot be had now is waited for, for hours.
   */
  fetch(
    hand: TurnInHand,
    message: OpenMessage,
    body: InboundBody,
  ): Promise<
    | { readonly kind: 'on'; readonly body: InboundBody; readonly missing: string | null }
    | { readonly kind: 'rest'; readonly afterMs: number }
  >;
  /** What of it a recipient is told, if its turn covers attachments: a random id and an address at this gateway; or that it is missing. */
  listed(
    hand: TurnInHand,
    of: { readonly messageId: string; readonly content: Content | null },
    turn: MinimisedTurn,
  ): Promise<{ readonly attachments: readonly RecipientAttachment[]; readonly missing: readonly MediaType[] }>;
}

/** What is behind an address: the file as it is held, or without what is embedded in it. */
export type ServedAs = 'held' | 'stripped';

export interface MediaDeps {
  readonly store: Store;
  readonly send: (request: HttpRequest, hand: TurnInHand) => Promise<HttpResponse>;
  /** A short-lived address of an attachment at this gateway. */
  readonly urlOf: (tenantId: string, attachmentId: string, as: ServedAs) => Promise<string>;
  readonly log: Logger;
  readonly now: () => number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/**
 * Rests before a file is asked for once more: two and a half hours together. Its conversation waits, as it would for a bot; longer than
 * that nobody is kept waiting for an answer because of one file.
 */
const RESTS_MS = [5 * SECOND, 15 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, 120 * MINUTE] as const;

const placeOf = (whose: Whose, id: string, field = 'bytes'): Place => ({
  tenantId: whose.tenantId,
  subjectId: whose.subjectId,
  table: 'attachment',
  row: id,
  field,
});

/** Opens a stored attachment. @throws SealBroken */
export const openAttachment = (whose: Whose, id: string, sealed: Buffer): Buffer =>
  unseal(whose.key, sealed, contextOf(placeOf(whose, id)));

export const sealFile = (whose: Whose, id: string, bytes: Buffer): Buffer =>
  seal(whose.key, bytes, contextOf(placeOf(whose, id)));

/** What the platform calls a file that could not be had, for as long as files are kept. */
type Source = Pick<Media, 'source' | 'sha256'>;
const sealSource = (whose: Whose, id: string, { source, sha256 }: Media): Buffer =>
  seal(whose.key, JSON.stringify({ source, sha256 }), contextOf(placeOf(whose, id, 'source')));
const openSource = (whose: Whose, { id, source }: AttachmentRow & { readonly source: Buffer }): Source =>
  JSON.parse(unseal(whose.key, source, contextOf(placeOf(whose, id, 'source'))).toString()) as Source;

/** Platforms give SHA-256 as base64 in webhooks and as hex elsewhere: either must fit. */
export function digestFits(bytes: Buffer, stated: string | undefined): boolean {
  if (stated === undefined) return true;
  const digest = createHash('sha256').update(bytes).digest();
  return stated === digest.toString('base64') || stated.toLowerCase() === digest.toString('hex');
}

export const isTooLarge = ({ maxBytes }: FileRules, bytes: Buffer): boolean =>
  maxBytes !== null && bytes.length > maxBytes;

/** A file as it may be kept: without metadata unless instructed otherwise; null: nobody can say what is in it, so it is not kept. */
export const asKept = ({ stripMetadata: strips }: FileRules, bytes: Buffer): Buffer | null =>
  strips ? stripMetadata(bytes) : bytes;

/**
 * The row that keeps a file, sealed under its person's key. Without bytes it keeps by what
 * the file can be asked for.
 */
export function attachmentFrom(
  whose: Whose,
  messageId: string,
  file: {
    readonly id?: string | undefined;
    readonly media: Media;
    /** As it may be kept. */
    readonly bytes: Buffer | null;
    readonly position: number;
    readonly instructions: CompiledInstructions;
  },
) {
  const id = file.id ?? uuid();
  const { bytes } = file;
  return {
    id,
    messageId,
    subjectId: whose.subjectId,
    media: file.media.media,
    mime: file.media.mime ?? 'application/octet-stream',
    size: bytes?.length ?? 0,
    position: file.position,
    ...(bytes ? { bytes: sealFile(whose, id, bytes) } : { source: sealSource(whose, id, file.media) }),
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

export function createMedia({ store, send, urlOf, log, now }: MediaDeps): MediaIntake {
  /** Those who wait for their connection, and how long; null: it is tried. `over`: they have waited long enough. */
  function held({ connection }: TurnInHand, message: OpenMessage): { afterMs: number; over: boolean } | null {
    const over = now() - message.at.getTime() > LONGEST_HELD_MS;
    const stopped = stoppedFor(connection, now());
    if (stopped !== null && (over || stopped > 0)) return { afterMs: spread(stopped), over };
    const paused = pausedFor(connection, now());
    return paused > 0 && !over ? { afterMs: paused, over } : null;
  }

  /** A connection that is stopped is asked one more time for nothing: it does not count. */
  async function restOf(
    hand: TurnInHand,
    message: OpenMessage,
    later: Extract<Fetched, { kind: 'later' }>,
  ): Promise<number | null> {
    if (hand.connection.stopped_at !== null) return spread(STOPPED_MS);
    const rest = RESTS_MS[message.attempts];
    if (rest === undefined) return null;
    await store.countAttempt(hand.whose.tenantId, message.id);
    return Math.max(spread(rest), later.afterMs);
  }

  function ask(
    hand: TurnInHand,
    message: OpenMessage,
    { media, rules }: { media: Media; rules: FileRules },
  ): Promise<Fetched> {
    const { adapter, settings } = hand.connection;
    return fetchFile(media, {
      adapter,
      settings,
      send: (request) => send(request, hand),
      attempt: message.attempts + 1,
      maxBytes: Math.min(adapter.manifest.maxMedia[media.media], rules.maxBytes ?? Infinity),
    });
  }

  /** In the message, the platform's ids and digests of its files have served their purpose (Art. 5(1)(e)): what may yet be had has a row. */
  async function forgetSources(hand: TurnInHand, message: OpenMessage, body: InboundBody): Promise<InboundBody> {
    if (!body.content || mediaOf(body.content).every(isFetched)) return body;
    const left = { ...body, content: withoutSources(body.content) };
    await store.replaceBody(hand.whose.tenantId, message.id, resealReduced(hand.whose, message.id, left));
    return left;
  }

  return {
    async fetch(hand, message, body) {
      const { whose, instructions } = hand;
      const { tenantId } = whose;
      const on = { kind: 'on', body, missing: null } as const;
      const wanted = mediaOf(body.content);
      if (wanted.length === 0) return on;
      const rules = instructions.channels[hand.connection.channel]?.files;
      if (!rules) return on;
      // Of several files some may be here from a time that ended half-way.
      const rows = new Map((await store.attachmentsOf(tenantId, message.id)).map((one) => [one.position, one]));
      let missing: string | null = null;
      for (const [position, sent] of wanted.entries()) {
        const row = rows.get(position);
        const source = row?.source ?? null;
        if (row ? source === null : isFetched(sent)) continue;
        const media: Media = row && source ? { ...sent, ...openSource(whose, { ...row, source }) } : sent;
        const waits = held(hand, message);
        if (waits && !waits.over) return { kind: 'rest', afterMs: waits.afterMs };
        const got: Fetched = waits ? { kind: 'gone', code: 'connection-stopped' } : await ask(hand, message, { media, rules }); // prettier-ignore
        if (got.kind === 'later') {
          const rest = await restOf(hand, message, got);
          if (rest !== null) return { kind: 'rest', afterMs: rest };
        }
        const bytes = got.kind === 'had' && digestFits(got.bytes, media.sha256) ? asKept(rules, got.bytes) : null;
        if (!bytes) log.warn('media.refused', { tenantId, messageId: message.id });
        if (!bytes && (got.kind === 'had' || got.kind === 'refused')) continue;
        if (got.kind === 'later' || got.kind === 'gone') missing ??= got.code;
        const file = { id: row?.id, media, bytes, position, instructions };
        await store.storeAttachment(tenantId, attachmentFrom(whose, message.id, file));
      }
      return { kind: 'on', body: await forgetSources(hand, message, body), missing };
    },
    async listed(hand, { messageId, content }, turn) {
      const media = mediaOf(content);
      // Only what has media can have attachments: other messages need no query.
      if (!turn.categories.includes('attachments') || media.length === 0) return { attachments: [], missing: [] };
      const here = (await store.attachmentsOf(hand.whose.tenantId, messageId)).filter(({ source }) => source === null);
      const positions = new Set(here.map(({ position }) => position));
      const attachments = await Promise.all(
        here.map(async (a) => ({
          id: a.id,
          type: a.media,
          mime: a.mime,
          url: await urlOf(hand.whose.tenantId, a.id, turn.fileMetadata ? 'held' : 'stripped'),
        })),
      );
      return { attachments, missing: media.flatMap((one, n) => (positions.has(n) ? [] : [one.media])) };
    },
  };
}
