// Two versions compared in words: what becomes stricter, what laxer, what is merely different. For people who approve.
import type { Facts } from '../decision.js';
import {
  treatmentBefore,
  type ActionClause,
  type ActionDetail,
  type InstructionsDocument,
  type RetentionClause,
} from '../document.js';
import { labelOfData } from '../law/dpv-data.js';
import { DPV_PURPOSES } from '../law/dpv-purposes.js';
import { detectOf } from '../compile.js';
import { pointer } from '../pointer.js';
import * as details from './details.js';
import { recipient } from './recipients.js';
import { remaining } from './remaining.js';
import { sections } from './sections.js';
import { both, list, membership, moved, step, type Change } from './steps.js';
import { text } from './texts.js';

type Doc = InstructionsDocument;
export type { Change } from './steps.js';

/** From the strictest to the laxest. */
const ACTIONS = ['block', 'drop', 'pass', 'truncate', 'pseudonymise', 'keep'] as const;
const TREATMENTS = ['redact', 'tokenise', 'as-is'] as const;
const MODES = ['forbid', 'warn', 'allow'] as const;

const DONE: Readonly<Record<string, string>> = {
  block: 'makes us refuse the whole message',
  drop: 'is dropped',
  pass: 'is passed on without being kept',
  truncate: 'is kept in a coarser form',
  pseudonymise: 'is kept as a pseudonym',
  keep: 'is kept',
};
const TREATED: Readonly<Record<string, string>> = {
  redact: 'without the contact details in it',
  tokenise: 'with tokens for the contact details in it',
  'as-is': 'as it was written',
};

const detailOf = (clause: ActionClause | undefined): ActionDetail =>
  typeof clause === 'object' ? clause : { do: clause ?? 'drop' };

function* identifiers(before: Doc, after: Doc, facts: Facts): Iterable<Change> {
  for (const [channel, was, is] of both(before.channels, after.channels)) {
    const at = pointer('channels', channel);
    const name = facts.names?.[channel] ?? channel;
    yield* step(at, [was !== undefined && was.enabled !== false, is !== undefined && is.enabled !== false], {
      laxer: `From now on people can write on ${name}.`,
      stricter: `From now on nothing is accepted on ${name}.`,
    });
    if (was && is) yield* details.channel(at, [was, is], { name, kinds: facts.channels[channel] ?? [] });
    for (const [key, from, to] of both(was?.identifiers, is?.identifiers)) {
      const [a, b] = [detailOf(from), detailOf(to)];
      const [term] = facts.channels[channel]?.find((kind) => kind.key === key)?.dpv ?? [];
      const what = term === undefined ? key : `the ${labelOfData(term)} (${key})`;
      const path = `${at}${pointer('identifiers', key)}`;
      const words = `From now on ${what} ${DONE[b.do]} on ${name}.`;
      yield* moved(path, [a.do, b.do], { order: ACTIONS, words });
      if (a.do === b.do && JSON.stringify(a) !== JSON.stringify(b))
        yield {
          path,
          kind: 'changed',
          words: `For how long or for which purposes ${what} is kept on ${name} changes.`,
        };
      else if (from !== undefined && to !== undefined && typeof from !== typeof to && a.do === b.do)
        yield {
          path,
          kind: 'changed',
          words: `The clause on ${what} on ${name} is written otherwise and means the same.`,
        };
    }
  }
}

const meaning = (dpv: string): string => DPV_PURPOSES[dpv]?.label ?? dpv;

function* purposes(before: Doc, after: Doc): Iterable<Change> {
  for (const [id, was, is] of both(before.purposes, after.purposes)) {
    const path = pointer('purposes', id);
    if (!was || !is) {
      yield* step(path, [was !== undefined, is !== undefined], {
        laxer: `From now on data is also processed for ${id} (${meaning(is?.dpv ?? '')}): ${list(is?.data ?? [])}.`,
        stricter: `From now on nothing is processed for ${id} any more.`,
      });
      continue;
    }
    yield* membership(`${path}/data`, [was.data, is.data], {
      added: (names) => `From now on ${id} also uses ${names}.`,
      removed: (names) => `From now on ${id} no longer uses ${names}.`,
    });
    if (was.dpv !== is.dpv)
      yield { path: `${path}/dpv`, kind: 'changed', words: `The purpose ${id} now means: ${meaning(is.dpv)}.` };
    if (was.basis !== is.basis)
      yield { path: `${path}/basis`, kind: 'changed', words: `The legal basis of ${id} is now ${is.basis ?? 'none'} instead of ${was.basis ?? 'none'}.` };
    yield* details.purpose(path, [was, is], id);
  }
} // prettier-ignore

const lineOf = ({ data, purpose }: RetentionClause): string => (purpose === undefined ? data : `${data} of ${purpose}`);

function* retention(before: Doc, after: Doc): Iterable<Change> {
  const byWhat = (doc: Doc): Record<string, RetentionClause & { readonly n: number }> =>
    Object.fromEntries(doc.retention.map((line, n) => [lineOf(line), { ...line, n }]));
  for (const [what, was, is] of both(byWhat(before), byWhat(after))) {
    if (!is) yield { path: '/retention', kind: 'changed', words: `There is no period of its own for ${what} any more.` };
    else if (was) yield* details.retained(pointer('retention', is.n), [was, is], what);
    else {
      const path = pointer('retention', is.n, 'period');
      yield { path, kind: 'changed', words: `From now on ${what} has a period of its own: ${is.period}, counted ${details.since(is)}.` };
    }
  }
} // prettier-ignore

function* recipients(before: Doc, after: Doc): Iterable<Change> {
  for (const [id, was, is] of both(before.recipients, after.recipients)) {
    const path = pointer('recipients', id);
    const who = `${id}${is?.entity === undefined ? '' : ` (${is.entity})`}`;
    if (!was || !is) {
      yield* step(path, [was !== undefined, is !== undefined], {
        laxer: `From now on ${who} receives ${list([...(is?.data ?? []), ...(is?.identifiers ?? [])])}.`,
        stricter: `From now on ${id} receives nothing any more.`,
      });
      continue;
    }
    yield* recipient(path, [was, is], id);
  }
} // prettier-ignore

function* sensitive(before: Doc, after: Doc): Iterable<Change> {
  const [was, is] = [before.freeText, after.freeText];
  for (const id of Object.keys(after.recipients))
    yield* moved(
      pointer('freeText', 'beforeRecipient', id),
      [treatmentBefore(was, id), treatmentBefore(is, id)],
      { order: TREATMENTS, words: `From now on ${id} gets text ${TREATED[treatmentBefore(is, id)]}.` },
    );
  yield* moved('/freeText/beforeStore', [was?.beforeStore ?? 'as-is', is?.beforeStore ?? 'as-is'], {
    order: TREATMENTS,
    words: `From now on text is stored ${TREATED[is?.beforeStore ?? 'as-is']}.`,
  });
  // What is looked for makes a text poorer: to look for less is laxer.
  yield* membership('/freeText/detect', [detectOf(after), detectOf(before)], {
    added: (kinds) => `From now on what people write is no longer searched for ${kinds}.`,
    removed: (kinds) => `From now on what people write is searched for ${kinds}, too.`,
  });
  for (const [section, what] of [['specialCategories', 'Special categories of data'], ['criminalData', 'Data about crime']] as const) {
    const mode = after[section]?.mode ?? 'forbid';
    yield* details.found(`/${section}`, [before[section], after[section]], what);
    yield* moved(`/${section}/mode`, [before[section]?.mode ?? 'forbid', mode], { order: MODES, words: `${what}: from now on \`${mode}\`.` });
  }
} // prettier-ignore

function* others(before: Doc, after: Doc): Iterable<Change> {
  const [was, is] = [before.contract?.approvals ?? 1, after.contract?.approvals ?? 1];
  yield* step('/contract/approvals', [was < 2, is < 2], {
    laxer: 'From now on one person is enough to approve instructions.',
    stricter: 'From now on two persons have to approve instructions.',
  });
  for (const [id, a, b] of both(before.texts, after.texts)) yield* text(pointer('texts', id), [a, b], id);
  yield* sections(before, after);
}

const sentences = (before: Doc, after: Doc, facts: Facts): Change[] => [
  ...identifiers(before, after, facts),
  ...purposes(before, after),
  ...retention(before, after),
  ...recipients(before, after),
  ...sensitive(before, after),
  ...others(before, after),
];

/** What changes when `after` follows `before`: nothing only where they are the same. Both are documents without errors of form. */
export function diff(before: Doc, after: Doc, facts: Facts): Change[] {
  const said = sentences(before, after, facts);
  return [...said, ...remaining(before, after, said)];
}
