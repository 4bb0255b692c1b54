// What an event becomes in a row: its content with what is found in it treated before it is stored, and what was kept beside it.
import {
  detector,
  fleetingCategories,
  heldRules,
  isGuarded,
  MOST_LENGTH,
  NO_TOKENS,
  reduce,
  screenWritten,
  REPEATING,
  regionOfNumber,
  tokenise,
  treat,
  treatContent,
  unattendedSections,
  WITHHELD,
  type CompiledInstructions,
  type CompiledSensitive,
  type DecidedEvent,
  type Detector,
  type DetectKind,
  type DetectOptions,
  type Form,
  type KeptIdentifier,
  type TokenMap,
} from '#libs/instructions';
import { reveal } from '#libs/kernel';
import type { InboundBody } from './body.js';
import { withoutSources } from './media.js';

/** Where numbers of a conversation come from: the person's own, the controller's country, the language's. */
export function detectOptions(
  instructions: CompiledInstructions,
  of: { readonly own: readonly string[]; readonly locale: string | null | undefined },
): DetectOptions {
  const language = of.locale?.split('-')[1] ?? of.locale?.split('-')[0];
  const regions = [...of.own.map(regionOfNumber), instructions.country, language].filter((one) => one != null);
  return { kinds: instructions.freeText.detect, regions, own: of.own };
}

const REDACT = { how: 'redact', token: () => '' } as const;

/** Gives out tokens, and remembers which. */
export function tokenTable(known: TokenMap) {
  let map = known;
  return {
    token(kind: DetectKind, value: string): string {
      const made = tokenise(map, kind, value);
      map = made.map;
      return made.token;
    },
    map: (): TokenMap => map,
  };
}

/**
 * Values beside the content that repeat a part of it lose what is found in them: to lead back from there is what the content is for.
 * Those that were instructed for their own sake (an e-mail address of a form of the site) stay as instructed.
 */
export function withoutFound(
  values: Readonly<Record<string, string>>,
  by: { readonly forms?: Readonly<Record<string, Form>> | undefined; readonly find: Detector },
): Record<string, string> {
  const treated = (key: string, value: string): string => {
    if (!REPEATING.has(key) || by.forms?.[key] !== undefined) return value;
    return value.length > MOST_LENGTH ? WITHHELD : treat(value, by.find(value), REDACT);
  };
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, treated(key, value)]));
}

/**
 * Tokens of a message alone, numbered from 1: which conversation it belongs to, and what was said there, is not looked up while the
 * platform waits. What no worker takes up is redacted, because nobody would move its tokens into a table.
 */
function beforeStore(
  body: InboundBody,
  given: { readonly instructions: CompiledInstructions; readonly options: () => DetectOptions; readonly worked: boolean },
): InboundBody {
  const { beforeStore: how } = given.instructions.freeText;
  if (how === 'as-is') return body;
  const options = given.options();
  const find = detector(options);
  const table = tokenTable(NO_TOKENS);
  const by = { how: given.worked ? how : 'redact', kinds: options.kinds, find, token: table.token } as const;
  return {
    ...body,
    content: body.content && treatContent(body.content, by),
    identifiers: withoutFound(body.identifiers, { forms: body.forms, find }),
    ...(body.passing ? { passing: withoutFound(body.passing, { find }) } : {}),
    ...(table.map() === NO_TOKENS ? {} : { tokens: table.map() }),
  };
} // prettier-ignore

const isForm = (action: KeptIdentifier['action']): action is Form => action === 'truncate' || action === 'pseudonymise';

/** Facts of an update that belong with its body: the emoji, the watermark, the id needed to quote it where instructed. */
function extraOf(event: DecidedEvent): Record<string, unknown> {
  const { body } = event;
  const kept = event.identifiers.find((i) => i.key === 'message_id' && i.action === 'keep');
  return {
    ...(kept && event.messageId ? { messageId: reveal(event.messageId) } : {}),
    ...(body.type === 'reaction' ? { emoji: body.emoji ? reveal(body.emoji) : null } : {}),
    ...(body.type === 'watermark' ? { status: body.status, until: body.until } : {}),
  };
}

/** Parts of the content that are there to be passed on only. */
function fleetingOf({ content, identifiers }: DecidedEvent, instructions: CompiledInstructions): readonly string[] {
  const kinds = content !== null && isGuarded(reveal(content)) ? identifiers.filter(({ action }) => action === 'pass') : [];
  return [...kinds.map(({ key }) => key), ...fleetingCategories(instructions)];
} // prettier-ignore

const some = <T extends object>(key: string, record: T): object =>
  Object.keys(record).length > 0 ? { [key]: record } : {};

/** @param given.worked a worker will take it up: only then is there anybody to pass anything on to. */
export function keptOf(
  event: DecidedEvent,
  given: {
    readonly instructions: CompiledInstructions;
    /** Keys of the identifiers by which the person is found: they are kept apart. */
    readonly handles: readonly string[];
    readonly worked: boolean;
  },
): InboundBody {
  const { instructions, worked } = given;
  const beside = event.identifiers.filter(({ key }) => !given.handles.includes(key));
  const record = (list: readonly KeptIdentifier[]): Record<string, string> =>
    Object.fromEntries(list.map(({ key, value }) => [key, reveal(value)]));
  const isWanted = ({ key }: KeptIdentifier): boolean =>
    instructions.recipients.some((r) => r.identifiers.includes(key));
  const forms = Object.fromEntries(beside.flatMap(({ key, action }) => (isForm(action) ? [[key, action]] : [])));
  const options = (): DetectOptions =>
    detectOptions(instructions, { own: event.identifiers.map(({ value }) => reveal(value)), locale: event.locale });
  const kept: InboundBody = {
    content: event.content && reveal(event.content),
    identifiers: record(beside.filter(({ action }) => action !== 'pass')),
    ...some('forms', forms),
    ...some('passing', record(beside.filter((one) => worked && one.action === 'pass' && isWanted(one)))),
    ...some('fleeting', fleetingOf(event, instructions)),
    ...extraOf(event),
  };
  return beforeStore(kept, { instructions, options, worked });
}

/**
 * What is left of a message that nobody is told of, and the sections by which words were taken out of it: nobody fetches its files, and
 * nobody answers.
 * @param given.open purposes that are open for its person; null: a worker settles that, who comes back to it for what it may take back
 */
export function unattended(
  body: InboundBody,
  { channel }: DecidedEvent,
  given: { readonly instructions: CompiledInstructions; readonly open: ReadonlySet<string> | null },
): { readonly kept: InboundBody; readonly found: readonly CompiledSensitive[] } {
  const { instructions, open } = given;
  const screened = screenWritten(body, unattendedSections(instructions.sensitive));
  const left = { ...screened.left, content: screened.left.content && withoutSources(screened.left.content) };
  const rules = open && heldRules(instructions, channel, open);
  const kept = rules ? reduce(left, { rules, state: 'delivered' }, (_key, value) => value) : left;
  return { kept, found: kept.content ? screened.found : [] };
}
