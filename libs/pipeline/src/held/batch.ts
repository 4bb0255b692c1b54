// What a stricter version leaves of a batch of stored messages: opened, reduced, treated, sealed again. Reads and writes nothing itself.
import {
  detector,
  heldRules,
  isPermitted,
  readingHeld,
  localeUnder,
  NO_TOKENS,
  reduce,
  screenWritten,
  treat,
  treatContent,
  withoutTokens,
  type CompiledInstructions,
  type CompiledSensitive,
  type DetectOptions,
  type HeldRules,
} from '#libs/instructions';
import type { Content, OutboundContent } from '#libs/kernel';
import { openHandles, type HeldBatch, type HeldChanges, type HeldConversation, type HeldFile, type HeldMessage } from '#libs/store'; // prettier-ignore
import { opened, openSubjectKey, type TenantKeys } from '#libs/vault';
import { openBody, resealReduced, type InboundBody, type Whose } from '../body.js';
import { pseudonymiser } from '../identity.js';
import { detectOptions, tokenTable, withoutFound } from '../kept.js';
import { openAttachment, sealFile } from '../media.js';
import { stripMetadata } from '../strip-metadata.js';
import { changeWords, openTokens, sealTokens } from '../tokens.js';

/** Somebody waits for it: a worker, or consent. */
const OPEN: ReadonlySet<string> = new Set(['pending', 'held', 'restricted', 'queued', 'sending']);
/** Not sent or answered any more where nothing is accepted any more. */
const STOPPED: ReadonlySet<string> = new Set(['pending', 'held', 'queued']);

/** The person is known to have seen or heard it. */
const READ: ReadonlySet<string> = new Set(['read', 'played']);

/** One conversation under the version. */
interface At {
  readonly conversation: HeldConversation;
  readonly whose: Whose;
  readonly rules: HeldRules;
  readonly enabled: boolean;
  readonly channel: string;
  readonly table: ReturnType<typeof tokenTable>;
  readonly options: DetectOptions;
}

type Body = InboundBody | OutboundContent;
const isWritten = (body: Body): body is InboundBody => 'identifiers' in body;

/** What may be held on a channel; more than one: what all of them permit. Of no version: of what belongs to no message. */
export type RulesFor = (channel: string, version: number | null) => readonly [HeldRules, ...HeldRules[]];

export interface HeldUnder {
  /** The version in force. */
  readonly compiled: CompiledInstructions;
  readonly keys: TenantKeys;
  /** All that the version permits, unless given. */
  readonly rulesFor?: RulesFor;
  /** Whose words go from what is held; none, unless given. */
  readonly forbidden?: readonly CompiledSensitive[];
}

/** @param unreadable is told of each message that stays as it is because no key opens it */
export function createHeldBatch({ compiled, keys, ...asked }: HeldUnder, unreadable: (messageId: string) => void) {
  const rulesFor: RulesFor = asked.rulesFor ?? ((channel) => [heldRules(compiled, channel)]);
  const { beforeStore } = compiled.freeText;

  function openAt(conversation: HeldConversation): At {
    const { tenantId } = keys;
    const { id, subject_id: subjectId, wrapped_key, tokens, locale } = conversation;
    const whose = { tenantId, subjectId, key: openSubjectKey(keys, subjectId, wrapped_key) };
    const channel = conversation.channel ?? '';
    const handles = conversation.handle_kinds.map((kind, n) => ({ kind, value: conversation.handle_values[n]! }));
    const own = openHandles(whose, handles).map(({ value }) => value);
    return {
      conversation,
      whose,
      channel,
      rules: rulesFor(channel, null)[0],
      // Of a connection that is gone nobody knows the channel: nothing more is done than its data demands.
      enabled: conversation.channel === null || compiled.channels[channel]?.enabled === true,
      table: tokenTable(openTokens(whose, id, tokens)),
      options: detectOptions(compiled, { own, locale }),
    };
  }

  /** Texts as they may be stored; what was a token already stays one, or becomes the name of its kind. */
  function treated(content: Content, at: At): Content {
    if (beforeStore === 'as-is') return content;
    const { options, table } = at;
    const bare = beforeStore === 'redact' ? withoutTokens(content) : content;
    return treatContent(bare, { how: beforeStore, kinds: options.kinds, find: detector(options), token: table.token });
  }

  function writtenOf(body: InboundBody, message: HeldMessage, at: At): InboundBody {
    const state = OPEN.has(message.state) ? 'open' : 'delivered';
    const pseudonymise = pseudonymiser(keys, at.channel);
    const reduced = rulesFor(at.channel, message.instruction_version).reduce(
      (one, rules) => reduce(one, { rules, state }, pseudonymise),
      body,
    );
    // What no worker has looked at it will look through, and tell the person.
    const left = message.state === 'pending' ? reduced : screenWritten(reduced, asked.forbidden ?? []).left;
    if (left.content === null || beforeStore === 'as-is') return left;
    // Tokens of a message that no worker has taken up are its own; a worker moves them, and redaction ends them.
    if (left.tokens && beforeStore === 'tokenise') return left;
    const { tokens: _gone, ...rest } = left;
    const identifiers = withoutFound(left.identifiers, { forms: left.forms, find: detector(at.options) });
    return { ...rest, content: treated(left.content, at), identifiers };
  }

  /** What we said, as far as it was sent: a person's details were put back into it. */
  function saidOf(body: OutboundContent, message: HeldMessage, at: At): OutboundContent | null {
    if (OPEN.has(message.state)) return body;
    if (rulesFor(at.channel, message.instruction_version).some(({ content }) => content.do !== 'keep')) return null;
    if (beforeStore === 'as-is') return body;
    const find = detector(at.options);
    const how = { how: beforeStore, token: at.table.token } as const;
    return changeWords(body, (text) => {
      const bare = beforeStore === 'redact' ? withoutTokens(text) : text;
      return treat(bare, find(bare), how);
    });
  }

  const isEmpty = (body: InboundBody): boolean =>
    body.content === null && body.messageId === undefined && body.emoji === undefined && Object.keys(body.identifiers).length === 0;

  function bodyOf(message: HeldMessage, at: At): { readonly id: string; readonly body: Buffer | null } | null {
    const { whose } = at;
    const sealed = message.body;
    if (sealed === null) return null;
    const before = opened(() => openBody<Body>(whose, message.id, sealed));
    if (before === null) {
      unreadable(message.id);
      return null;
    }
    const left = isWritten(before) ? writtenOf(before, message, at) : saidOf(before, message, at);
    if (left !== null && JSON.stringify(left) === JSON.stringify(before)) return null;
    const gone = left === null || (isWritten(left) && isEmpty(left) && !OPEN.has(message.state));
    return { id: message.id, body: gone ? null : resealReduced(whose, message.id, left) };
  }

  const isKept = (file: HeldFile, message: HeldMessage, at: At): boolean =>
    rulesFor(at.channel, message.instruction_version).every(
      ({ attachments, files, delivered }) =>
        (OPEN.has(message.state) ? attachments : delivered.attachments).do !== 'drop' &&
        file.size <= (files.maxBytes ?? Infinity) &&
        isPermitted(files, file as Parameters<typeof isPermitted>[1]),
    );

  return async function applyTo(batch: HeldBatch): Promise<HeldChanges> {
    const byId = new Map<string, At>();
    for (const conversation of batch.conversations) {
      const at = opened(() => openAt(conversation));
      if (at) byId.set(conversation.id, at);
    }
    const readable = batch.messages.filter((one) => byId.has(one.conversation_id));
    for (const one of batch.messages) if (!byId.has(one.conversation_id)) unreadable(one.id);
    const atOf = (message: HeldMessage): At => byId.get(message.conversation_id)!;
    const stopped = readable.filter((one) => !atOf(one).enabled && STOPPED.has(one.state)).map(({ id }) => id);
    const going = readable.filter(({ id }) => !stopped.includes(id));
    const bodies = going.flatMap((message) => bodyOf(message, atOf(message)) ?? []);
    const unread = going.filter((one) => READ.has(one.state) && readingHeld(compiled, atOf(one).channel) === 'nothing').map(({ id }) => id);
    const messageOf = new Map(readable.map((one) => [one.id, one]));
    const messageWith = (file: HeldFile): HeldMessage => messageOf.get(file.message_id)!;
    const ofReadable = batch.files.filter((file) => messageOf.has(file.message_id));
    const unclear = new Set<string>();
    const filesGone = ofReadable.filter((file) => {
      const message = messageWith(file);
      return stopped.includes(message.id) || !isKept(file, message, atOf(message));
    });
    const files = ofReadable.flatMap((file) => {
      const { whose, rules } = atOf(messageWith(file));
      if (!file.bytes || !rules.files.stripMetadata || filesGone.includes(file)) return [];
      const sealed = file.bytes;
      const bytes = opened(() => openAttachment(whose, file.id, sealed));
      if (bytes === null) return [];
      const clean = stripMetadata(bytes);
      if (clean === null) unclear.add(file.id);
      return clean === null || clean.equals(bytes) ? [] : [{ id: file.id, bytes: sealFile(whose, file.id, clean), size: clean.length }];
    });
    const tokens = [...byId.values()].flatMap(({ conversation, rules, table, whose }): HeldChanges['tokens'] => {
      const ends = beforeStore === 'redact' || rules.content.do !== 'keep';
      if (ends) return conversation.tokens === null ? [] : [{ id: conversation.id, tokens: null }];
      const map = table.map();
      const isNew = map !== NO_TOKENS && JSON.stringify(map) !== JSON.stringify(openTokens(whose, conversation.id, conversation.tokens)); // prettier-ignore
      return isNew ? [{ id: conversation.id, tokens: sealTokens(whose, conversation.id, map) }] : [];
    });
    const locales = [...byId.values()].flatMap(({ conversation: { id, locale }, rules }) => {
      const left = locale && localeUnder(compiled, locale, rules.identifiers['locale']);
      return left === locale ? [] : [{ id, locale: left }];
    });
    return { bodies, stopped, unread, tokens, locales, filesGone: [...filesGone.map(({ id }) => id), ...unclear], files };
  };
} // prettier-ignore
