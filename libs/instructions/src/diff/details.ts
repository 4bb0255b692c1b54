// What changes within a channel, a purpose and the sections on sensitive data, beyond who and what: files, signals, grounds, periods.
import type { IdentifierKind } from '#libs/kernel';
import { OPERATIONS, type ChannelClause, type Purpose, type RetentionClause, type Sensitive } from '../document.js';
import { FILE_METADATA, filesOf, type FileRules } from '../files.js';
import { list, membership, ofPeriod, step, type Change } from './steps.js';

/** As the compiler reads them. */
function filesIn(clause: ChannelClause, kinds: readonly IdentifierKind[]): FileRules {
  if (!kinds.some(({ key }) => key === FILE_METADATA)) return filesOf(clause);
  const written = clause.identifiers?.[FILE_METADATA] ?? 'drop';
  return filesOf(clause, typeof written === 'string' ? written : written.do);
}

interface Named {
  readonly name: string;
  readonly kinds: readonly IdentifierKind[];
}

/** Of a channel that stands in both documents. */
export function* channel(at: string, [was, is]: readonly [ChannelClause, ChannelClause], { name, kinds }: Named): Iterable<Change> {
  const [a, b] = [filesIn(was, kinds), filesIn(is, kinds)];
  if (a.types !== null && b.types !== null)
    yield* membership(`${at}/attachments/types`, [a.types, b.types], {
      added: (types) => `From now on files of the type ${types} are kept on ${name}, too.`,
      removed: (types) => `From now on files of the type ${types} are no longer kept on ${name}.`,
    });
  else
    yield* step(`${at}/attachments/types`, [a.types === null, b.types === null], {
      laxer: `From now on files of any type are kept on ${name}.`,
      stricter: `From now on only files of these types are kept on ${name}: ${list(b.types ?? [])}.`,
    });
  if (a.maxBytes !== b.maxBytes)
    yield {
      path: `${at}/attachments/maxBytes`,
      kind: (b.maxBytes ?? Infinity) > (a.maxBytes ?? Infinity) ? 'laxer' : 'stricter',
      words: b.maxBytes === null ? `From now on files of any size are kept on ${name}.` : `From now on files on ${name} may have at most ${b.maxBytes} bytes.`,
    };
  yield* step(`${at}/attachments/stripMetadata`, [!a.stripMetadata, !b.stripMetadata], {
    laxer: `From now on what is embedded in pictures (place, time, device) stays in them on ${name}.`,
    stricter: `From now on what is embedded in pictures (place, time, device) is taken out on ${name}.`,
  });
  yield* step(`${at}/gpc`, [was.gpc !== 'object', is.gpc !== 'object'], {
    laxer: `From now on the signal Sec-GPC of a browser is ignored on ${name}.`,
    stricter: `From now on the signal Sec-GPC of a browser is an objection on ${name}.`,
  });
} // prettier-ignore

const DOES: Readonly<Record<string, string>> = { collect: 'collects', store: 'stores', disclose: 'discloses' };
const NAMED = {
  art10: 'law that permits data about crime (Art. 10 GDPR)',
  consent: 'text that asks for consent',
  balancingTest: 'balancing test',
} as const;

/** Of a purpose that stands in both documents. */
export function* purpose(at: string, [was, is]: readonly [Purpose, Purpose], id: string): Iterable<Change> {
  const verbs = ({ operations }: Purpose): string[] => (operations ?? OPERATIONS).map((one) => DOES[one] ?? one);
  yield* membership(`${at}/operations`, [verbs(was), verbs(is)], {
    added: (does) => `From now on ${id} also ${does} its data.`,
    removed: (does) => `From now on ${id} no longer ${does} its data.`,
  });
  yield* membership(`${at}/features`, [was.features ?? [], is.features ?? []], {
    added: (names) => `From now on ${id} asks for ${names} to be looked up at the platform.`,
    removed: (names) => `From now on ${id} no longer asks for ${names} to be looked up at the platform.`,
  });
  yield* step(`${at}/softOptIn`, [was.softOptIn === true, is.softOptIn === true], {
    laxer: `From now on ${id} addresses existing customers without asking them for consent.`,
    stricter: `From now on ${id} no longer addresses existing customers without their consent.`,
  });
  if ((was.marketing ?? false) !== (is.marketing ?? false))
    yield { path: `${at}/marketing`, kind: 'changed', words: `From now on ${id} is ${is.marketing === true ? '' : 'not '}marked as marketing.` };
  if (was.art9 !== is.art9) yield* condition(at, [was.art9, is.art9], id);
  for (const key of ['art10', 'consent', 'balancingTest'] as const)
    if (was[key] !== is[key])
      yield { path: `${at}/${key}`, kind: 'changed', words: `The ${NAMED[key]} of ${id} is now ${is[key] ?? 'none'} instead of ${was[key] ?? 'none'}.` };
} // prettier-ignore

function* condition(at: string, [was, is]: readonly [string?, string?], id: string): Iterable<Change> {
  const path = `${at}/art9`;
  if (was !== undefined && is !== undefined)
    yield { path, kind: 'changed', words: `The condition for special categories (Art. 9 GDPR) of ${id} is now ${is} instead of ${was}.` };
  yield* step(path, [was !== undefined, is !== undefined], {
    laxer: `From now on ${id} may process special categories of data (${is ?? ''}).`,
    stricter: `From now on ${id} may no longer process special categories of data.`,
  });
} // prettier-ignore

/** When what was found goes, and what people are told then. */
export function* found(at: string, [was, is]: readonly [Sensitive | undefined, Sensitive | undefined], what: string): Iterable<Change> {
  const [a, b] = [was?.purgeWithin, is?.purgeWithin];
  if (a !== b)
    yield {
      path: `${at}/purgeWithin`,
      kind: a === undefined ? 'stricter' : b === undefined ? 'laxer' : ofPeriod(a, b),
      words: b === undefined ? `${what}: messages with them are no longer erased sooner than others.` : `${what}: messages with them are erased within ${b}.`,
    };
  if (was?.text !== is?.text)
    yield { path: `${at}/text`, kind: 'changed', words: `${what}: people are told by another text (${is?.text ?? 'the one that comes with the release'}).` };
} // prettier-ignore

const STARTS = {
  ingest: 'from when it comes in',
  'last-activity': "from the person's last activity",
  'conversation-end': 'from the end of the conversation',
  withdrawal: 'from the end of consent',
} as const;

/** From when a period is counted, in words. */
export const since = ({ start }: Pick<RetentionClause, 'start'>): string => STARTS[start ?? 'last-activity'];

const THEN: Readonly<Record<string, string>> = { erase: 'erased', aggregate: 'counted first, and then erased' };

/** A line of retention that stands in both documents: all in which it differs. */
export function* retained(at: string, [was, is]: readonly [RetentionClause, RetentionClause], what: string): Iterable<Change> {
  const [then, now] = [was.then ?? 'erase', is.then ?? 'erase'];
  if (was.period !== is.period)
    yield { path: `${at}/period`, kind: ofPeriod(was.period, is.period), words: `From now on ${what} is kept for ${is.period} instead of ${was.period}.` };
  if (since(was) !== since(is))
    yield { path: `${at}/start`, kind: 'changed', words: `The period of ${what} is now counted ${since(is)}, and not ${since(was)}.` };
  if (then !== now)
    yield { path: `${at}/then`, kind: 'changed', words: `When its period is over, ${what} is now ${THEN[now] ?? now}.` };
  if (was.reason !== is.reason)
    yield { path: `${at}/reason`, kind: 'changed', words: `The reason for how long ${what} is kept is now: ${is.reason ?? 'none'}.` };
} // prettier-ignore
