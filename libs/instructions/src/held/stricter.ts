// What one version permits less than another: only then does anything have to be done to what is held. Pure.
import type { CompiledInstructions } from '../decision.js';
import { TREATMENTS } from '../document.js';
import { NOT_LISTED } from '../cover.js';
import { ANY_FILES, isStricterOnFiles } from '../files.js';
import { pointer } from '../pointer.js';
import { levelOf, narrowest } from './level.js';

/** JSON pointers of what is stricter, in the newer document. */
export type Stricter = readonly string[];

/** What rows hold; other categories are held as identifiers, each with its own ruling. */
const HELD = ['routing', 'content', 'attachments'] as const;

/** Stored, held until it is delivered, or neither. */
const rank = ({ storing, passing }: CompiledInstructions, category: (typeof HELD)[number]): number =>
  storing[category] ? 2 : passing[category] ? 1 : 0;

function* onChannels(before: CompiledInstructions, after: CompiledInstructions): Iterable<string> {
  for (const channel of new Set([...Object.keys(before.channels), ...Object.keys(after.channels)])) {
    const [was, is] = [before.channels[channel], after.channels[channel]];
    const at = pointer('channels', channel);
    if (was?.enabled && !is?.enabled) yield `${at}/enabled`;
    if (isStricterOnFiles(was?.files ?? ANY_FILES, is?.files ?? ANY_FILES)) yield `${at}/attachments`;
    const reading = was?.reading ?? NOT_LISTED;
    if (levelOf(reading.do) !== narrowest(levelOf(reading.do), levelOf((is?.reading ?? NOT_LISTED).do)))
      yield reading.clause;
    for (const [key, ruling] of Object.entries(was?.identifiers ?? {})) {
      const [held, may] = [levelOf(ruling.do), levelOf(is?.identifiers[key]?.do ?? 'drop')];
      // What was only passed on is held until it is delivered, and not any longer under any version.
      const stops = ruling.do === 'pass' && !['pass', 'keep'].includes(is?.identifiers[key]?.do ?? 'drop');
      if (narrowest(held, may) !== held || stops) yield `${at}${pointer('identifiers', key)}`;
    }
  }
}

function* onText({ freeText: was }: CompiledInstructions, { freeText: is }: CompiledInstructions): Iterable<string> {
  if (TREATMENTS.indexOf(is.beforeStore) > TREATMENTS.indexOf(was.beforeStore)) yield '/freeText/beforeStore';
  if (is.beforeStore !== 'as-is' && is.detect.some((kind) => !was.detect.includes(kind))) yield '/freeText/detect';
}

/** Words that may not be held any more. */
const forbiddenSince = (before: CompiledInstructions, after: CompiledInstructions): Stricter =>
  after.sensitive
    .filter(({ section, mode }) => {
      const was = before.sensitive.find((one) => one.section === section);
      return mode === 'forbid' && was?.mode !== 'forbid';
    })
    .map(({ section }) => pointer(section));

/** Empty: the newer version is the same or laxer for everything that may be held, and touches new data only. */
export const stricterThan = (before: CompiledInstructions, after: CompiledInstructions): Stricter => [
  ...HELD.filter((one) => rank(before, one) > rank(after, one)).map((one) => `/purposes?data=${one}`),
  ...new Set(onChannels(before, after)),
  ...onText(before, after),
  ...forbiddenSince(before, after),
];
