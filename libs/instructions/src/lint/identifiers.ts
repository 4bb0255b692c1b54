// Rules on identifiers: known, used by a purpose, no more than needed, and at least one to reply to.
import { asksConsent } from '../consent/consent.js';
import { coarseningOf } from '../coarsen.js';
import { NEEDED } from '../compile.js';
import { OPERATIONS } from '../document.js';
import { FILE_METADATA } from '../files.js';
import { needsLookUp } from '../look-ups.js';
import { pointer } from '../pointer.js';
import {
  coveredBy,
  entries,
  has,
  listedIdentifiers,
  purposesOf,
  recipientsOf,
  retains,
  type Listed,
} from './reading.js';
import type { Reading, Rule } from './rule.js';

const actionOn = (reading: Reading, channel: string, key: string): Listed['action'] => {
  for (const i of listedIdentifiers(reading)) if (i.channel === channel && i.key === key) return i.action;
  return undefined;
};

/** Can somebody read the value: because it is stored as it is, or goes as it is to a recipient that lists it? */
const isReadable = ({ document }: Reading, { action, key }: Listed): boolean =>
  action === 'keep' ||
  (action === 'pass' && recipientsOf(document).some(([, { identifiers }]) => identifiers?.some((one) => one === key)));

/** Kinds that are within this one, though the document wants them in no such form: dropped, not listed, changed, or not stored. */
const hiddenWithin = (reading: Reading, { channel, key, action }: Listed): string[] =>
  (has(reading.facts.channels, channel) ? (reading.facts.channels[channel] ?? []) : [])
    .filter(({ hiddenIn }) => hiddenIn?.includes(key))
    .map((kind) => kind.key)
    .filter((hidden) => !['keep', action].includes(actionOn(reading, channel, hidden)));

/** The operations that an action takes and that none of the purposes that use the kind may do all of; null: one may. */
function forbidden(reading: Reading, listed: Listed): string | null {
  const needed = listed.action && NEEDED[listed.action];
  if (!needed) return null;
  const mayDo = (id: string): boolean => {
    const operations = reading.document.purposes?.[id]?.operations ?? OPERATIONS;
    return needed.every((operation) => operations.includes(operation));
  };
  return coveredBy(reading, listed).some(mayDo) ? null : needed.join(' and ');
}

export const identifierRules: readonly Rule[] = [
  {
    rule: 'unknown-channel',
    severity: 'error',
    article: 'Art. 28(3)(a) GDPR',
    *find({ document, facts }) {
      for (const [channel] of entries(document.channels))
        if (!has(facts.channels, channel))
          yield {
            path: pointer('channels', channel),
            message: `There is no channel ${channel}.`,
            fix: `Channels are: ${Object.keys(facts.channels).join(', ')}.`,
          };
    },
  },
  {
    rule: 'no-channel-enabled',
    severity: 'warning',
    article: 'Art. 28(3)(a) GDPR',
    *find({ document }) {
      const channels = entries(document.channels);
      if (channels.length > 0 && channels.every(([, { enabled }]) => enabled === false))
        yield {
          path: '/channels',
          message: 'Every channel is switched off: nothing is taken, nobody is answered, and who writes is not told.',
          fix: 'Take `enabled: false` out of the channels on which people may write to you.',
        };
    },
  },
  {
    rule: 'unknown-identifier',
    severity: 'error',
    article: 'Art. 5(1)(c) GDPR',
    *find(reading) {
      for (const i of listedIdentifiers(reading))
        if (!i.kind && has(reading.facts.channels, i.channel))
          yield {
            path: i.path,
            message: `The channel ${i.channel} exposes no identifier ${i.key}.`,
            fix: 'See the identifier map of the channel for what it exposes.',
          };
    },
  },
  {
    rule: 'nothing-to-reply-to',
    severity: 'error',
    article: 'Art. 5(1)(c) GDPR',
    *find(reading) {
      for (const [channel, clause] of entries(reading.document.channels)) {
        const routing = has(reading.facts.channels, channel)
          ? (reading.facts.channels[channel] ?? []).filter((kind) => kind.role === 'routing')
          : [];
        if (clause.enabled === false || routing.length === 0) continue;
        if (routing.some((kind) => actionOn(reading, channel, kind.key) === 'keep')) continue;
        yield {
          path: pointer('channels', channel, 'identifiers'),
          message: `On ${channel} nothing is kept by which a person could be answered, so every message would be refused.`,
          fix: `Keep one of ${routing.map((kind) => kind.key).join(', ')}, or set \`enabled: false\`.`,
        };
      }
    },
  },
  {
    rule: 'routing-keep-only',
    severity: 'error',
    article: 'Art. 5(1)(c) GDPR',
    *find(reading) {
      for (const i of listedIdentifiers(reading))
        if (i.kind?.role === 'routing' && (i.action === 'pseudonymise' || i.action === 'truncate' || i.action === 'pass'))
          yield {
            path: i.path,
            message: `The identifier ${i.key} is needed whole to reply; it can be kept, dropped or blocked, nothing in between.`,
            fix: 'Choose `keep`: recipients get a pseudonymous id anyway.',
          };
    },
  },
  {
    rule: 'identifier-without-purpose',
    severity: 'error',
    article: 'Art. 5(1)(c) GDPR',
    *find(reading) {
      for (const i of listedIdentifiers(reading)) {
        if (!i.kind || !retains(i.action)) continue;
        const { category } = i.kind;
        const operations = forbidden(reading, i);
        if (coveredBy(reading, i).length === 0)
          yield {
            path: i.path,
            message: `The identifier ${i.key} belongs to the category ${category}, which no purpose ${i.purposes ? 'named here ' : ''}uses.`,
            fix: `Drop it, or add ${category} to the \`data\` of the purpose that needs it.`,
          };
        else if (operations !== null)
          yield {
            path: i.path,
            message: `No purpose that uses ${category} may both ${operations} it, so that ${i.key} is dropped.`,
            fix: `Add that to the \`operations\` of the purpose that needs it, or drop ${i.key}.`,
          };
      }
    },
  },
  {
    rule: 'sensitive-identifier-kept',
    severity: 'warning',
    article: 'Art. 5(1)(c) GDPR',
    *find(reading) {
      for (const i of listedIdentifiers(reading))
        if (i.action === 'keep' && i.kind?.sensitivity === 'high' && i.kind.reply === 'none')
          yield {
            path: i.path,
            message: `The identifier ${i.key} says much about a person and is not needed to reply.`,
            fix: `Consider \`${i.kind.suggested === 'keep' ? 'drop' : i.kind.suggested}\`.`,
          };
    },
  },
  {
    rule: 'hidden-identifier-kept',
    severity: 'warning',
    article: 'Art. 5(1)(c) GDPR',
    *find(reading) {
      for (const i of listedIdentifiers(reading)) {
        if (!i.kind || !isReadable(reading, i)) continue;
        const { suggested } = i.kind;
        for (const hidden of hiddenWithin(reading, i))
          yield {
            path: i.path,
            message: `The identifier ${i.key} has ${hidden} in it: ${i.key} is ${i.action === 'pass' ? 'passed on' : 'kept'} as it is, and ${hidden} is not.`,
            fix: `Consider \`${suggested === 'keep' || suggested === 'pass' ? 'drop' : suggested}\` for ${i.key}, or keep ${hidden} if you need it.`,
          };
      }
    },
  },
  {
    rule: 'third-party-identifier',
    severity: 'warning',
    article: 'Art. 14 GDPR',
    *find(reading) {
      for (const i of listedIdentifiers(reading))
        if (retains(i.action) && i.kind?.of === 'third-party')
          yield {
            path: i.path,
            message: `The identifier ${i.key} is about people who do not write to you; they have to be informed.`,
            fix: 'Drop it unless you can inform them.',
          };
    },
  },
  {
    rule: 'device-read-without-consent',
    severity: 'warning',
    article: 'Art. 5(3) ePrivacy Directive',
    *find(reading) {
      for (const i of listedIdentifiers(reading)) {
        if (!retains(i.action) || i.kind?.category !== 'device') continue;
        if (coveredBy(reading, i).some((id) => asksConsent(reading.document.purposes?.[id]))) continue;
        yield {
          path: i.path,
          message: `The identifier ${i.key} is read from the device of the person, and no purpose that uses it rests on consent.`,
          fix: 'Drop it, unless what the person asked for cannot be done without it.',
        };
      }
    },
  },
  {
    rule: 'truncate-undefined',
    severity: 'error',
    article: 'Art. 5(1)(c) GDPR',
    *find(reading) {
      for (const i of listedIdentifiers(reading))
        if (i.action === 'truncate' && i.kind && i.kind.role !== 'routing' && coarseningOf(i.kind) === null)
          yield {
            path: i.path,
            message: `There is no coarser form of ${i.key}; only addresses on the internet, times, places and page addresses have one.`,
            fix: 'Choose `pseudonymise` or `drop`.',
          };
    },
  },
  {
    rule: 'metadata-kept-or-dropped',
    severity: 'error',
    article: 'Art. 5(1)(c) GDPR',
    *find(reading) {
      for (const { kind, key, action, path } of listedIdentifiers(reading))
        if (kind && key === FILE_METADATA && retains(action) && action !== 'keep')
          yield {
            path,
            message: `What is embedded in files is kept in them or taken out, or the message is refused: \`${action}\` cannot be done.`,
            fix: 'Choose `keep`, `drop` or `block`.',
          };
    },
  },
  {
    rule: 'metadata-without-period',
    severity: 'warning',
    article: 'Art. 5(1)(c) GDPR',
    *find(reading) {
      for (const { kind, key, action, period, path } of listedIdentifiers(reading))
        if (kind && key === FILE_METADATA && action === 'keep' && period !== undefined)
          yield {
            path,
            message: 'What is embedded in files stays in them as long as they are there, and not for a period of its own.',
            fix: 'Leave the period out; the line of retention for attachments says how long.',
          };
    },
  },
  {
    rule: 'metadata-contradicted',
    severity: 'warning',
    article: 'Art. 5(1)(c) GDPR',
    *find(reading) {
      for (const [channel, clause] of entries(reading.document.channels)) {
        const kinds = has(reading.facts.channels, channel) ? (reading.facts.channels[channel] ?? []) : [];
        if (clause.enabled === false || !kinds.some(({ key }) => key === FILE_METADATA)) continue;
        const strips = clause.attachments?.stripMetadata;
        const isKept = actionOn(reading, channel, FILE_METADATA) === 'keep';
        if (strips === undefined || strips !== isKept) continue;
        yield {
          path: pointer('channels', channel, 'attachments', 'stripMetadata'),
          message: `On ${channel} \`stripMetadata\` and ${FILE_METADATA} contradict each other; what is embedded in files is taken out.`,
          fix: isKept ? 'Leave `stripMetadata` out to keep it.' : `Leave \`stripMetadata\` out, or keep ${FILE_METADATA} if you need it.`,
        };
      }
    },
  },
  {
    rule: 'lookup-without-purpose',
    severity: 'error',
    article: 'Art. 5(1)(b), 5(1)(c) GDPR',
    *find(reading) {
      const asksFor = (id: string, key: string): boolean => reading.document.purposes?.[id]?.features?.includes(key) === true;
      for (const i of listedIdentifiers(reading))
        if (retains(i.action) && i.kind && needsLookUp(i.kind) && !coveredBy(reading, i).some((id) => asksFor(id, i.key)))
          yield {
            path: i.path,
            message: `The identifier ${i.key} is not sent by the platform: it would have to be looked up, and no purpose asks for that.`,
            fix: `Drop it, or name ${i.key} under \`features\` of the purpose that needs it.`,
          };
    },
  },
  {
    rule: 'lookup-without-identifier',
    severity: 'warning',
    article: 'Art. 28(3)(a) GDPR',
    *find(reading) {
      const could = new Set(Object.values(reading.facts.channels).flat().filter(({ lookedUp }) => lookedUp).map(({ key }) => key));
      const kept = [...listedIdentifiers(reading)].filter(({ action, kind }) => kind && retains(action));
      for (const [id, { features }] of purposesOf(reading.document))
        for (const [n, name] of (features ?? []).entries())
          if (name !== undefined && could.has(name) && !kept.some(({ key, purposes }) => key === name && (!purposes || purposes.includes(id))))
            yield {
              path: pointer('purposes', id, 'features', n),
              message: `The purpose ${id} asks for ${name}, but no channel keeps that for it, so that nobody is asked.`,
              fix: `List ${name} under \`identifiers\` of the channel on which it is needed, or leave it out here.`,
            };
    },
  },
]; // prettier-ignore
