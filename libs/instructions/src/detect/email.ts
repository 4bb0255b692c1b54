// E-mail addresses, also spelt: "max punkt muster (at) gmx dot de".
import type { Hit } from './found.js';
import { inOriginal, rewrite, type View } from './view.js';

/** Signs that stand for a written word, of which one cannot be as sure as of the sign itself. */
const MAYBE_AT = '\uE000';
/** Written in brackets, so certainly meant; what stands around it may be spelt too. */
const SPELT_AT = '\uE002';
const MAYBE_DOT = '\uE001';

const AT = 'at|ät|arroba|arobase|arobas|chiocciola|apenstaartje|malpa|małpa|klammeraffe';
const DOT = 'dot|punkt|punto|point|punt|kropka|dotcom';
const HYPHEN = 'minus|bindestrich|strich|dash|hyphen|tiret|gui[oó]n|trattino|streepje|my[śs]lnik';
const UNDERSCORE = 'unterstrich|underscore|tiret du (?:bas|8)|gui[oó]n bajo|podkre[śs]lnik|podkre[śs]lenie';

const ANY_AT = new RegExp(`@|%40|[ ([{<](?:${AT})[ )\\]}>]`, 'iu');
/** What may come next where something is spelt; looked at first, for at most places it is something else. */
const MAY_BEGIN = `(?=[([{<%@]| (?:[([{<@.]|${AT}|${DOT}|${HYPHEN}|${UNDERSCORE}))`;
const SPELT = new RegExp(
  `${MAY_BEGIN}(?:${[
    `(?<at> ?[([{<] ?(?:${AT}|@) ?[)\\]}>] ?|%40)`,
    `(?<dot> ?[([{<] ?(?:${DOT}|\\.) ?[)\\]}>] ?)`,
    `(?<maybeAt> (?:${AT}) | @ |(?<=[\\p{L}\\p{N}])@ (?=[\\p{L}\\p{N}]))`,
    `(?<maybeDot> (?:${DOT}) | \\. )`,
    `(?<underscore> ?[([{<] ?(?:${UNDERSCORE}) ?[)\\]}>] ?| (?:${UNDERSCORE}) )`,
    `(?<hyphen> ?[([{<] ?(?:${HYPHEN}) ?[)\\]}>] ?| (?:${HYPHEN}) )`,
  ].join('|')})`,
  'giu',
);
const SIGNS = { at: SPELT_AT, dot: '.', maybeAt: MAYBE_AT, maybeDot: MAYBE_DOT, underscore: '_', hyphen: '-' } as const;

function spelt(view: View): View {
  return rewrite(view, SPELT, ({ groups }) => {
    const name = (Object.keys(SIGNS) as (keyof typeof SIGNS)[]).find((key) => groups?.[key] !== undefined);
    return name ? SIGNS[name] : '';
  });
}

/** RFC 5321: 64 before the sign, 253 after it. */
const LONGEST_LOCAL = 64;
const LONGEST_DOMAIN = 253;
const IN_LOCAL = /[\p{L}\p{N}\p{M}._%+'-]/u;
const IN_SPELT_LOCAL = new RegExp(`[\\p{L}\\p{N}\\p{M}._%+'\\-${MAYBE_DOT}]`, 'u');
const IN_DOMAIN = new RegExp(`[\\p{L}\\p{N}\\p{M}.\\-${MAYBE_DOT}]`, 'u');

/** Names that end an address in a conversation; only needed where the text leaves doubt where it ends. */
const COMMON_TLDS = new Set(
  'com net org info biz eu io me de at ch li fr es it nl pl be pt uk ie lu cat gal dk se no fi cz sk hu ro bg gr hr si lt lv ee us ca au br mx ar app dev email online shop cloud berlin example test invalid localhost'.split(
    ' ',
  ),
);
const PROVIDER =
  /^(?:gmail|googlemail|gmx|web|outlook|hotmail|live|msn|yahoo|icloud|me|aol|proton|protonmail|posteo|mailbox|t-online|freenet|orange|free|sfr|laposte|wanadoo|telefonica|terra|libero|virgilio|alice|tiscali|ziggo|kpnmail|xs4all|planet|wp|onet|interia|o2|op)\./;
/** `icon@2x.png` is a file. */
const FILE = /\.(?:png|jpe?g|gif|webp|svg|pdf|js|css|ts|mp4|zip)$/;

const edge = new RegExp(`^[.'%+\\-${MAYBE_DOT}]+|[.'%+\\-${MAYBE_DOT}]+$`, 'gu');

/** How far the characters of one kind reach from a place, at most so many. */
function reach(text: string, from: number, [step, most, allowed]: readonly [1 | -1, number, RegExp]): number {
  let at = from;
  const last = from + step * most;
  while (at !== last && at >= 0 && at < text.length && allowed.test(text[at]!)) at += step;
  return at;
}

/** Cuts a domain where a doubtful sign, or a sentence that follows without a blank, would make it too long. */
function domainOf(written: string): string | null {
  const labels = written.split(/[.\uE001]/);
  const last = labels.findLastIndex((label, at) => at > 0 && COMMON_TLDS.has(label.toLowerCase()));
  const doubtful = written.includes(MAYBE_DOT);
  if (last < 0) {
    const tld = labels.at(-1) ?? '';
    return !doubtful && labels.length > 1 && /^(?:\p{L}{2,24}|xn--[a-z0-9-]+)$/iu.test(tld) ? written : null;
  }
  const certain = /^\p{L}{2,24}$/u.test(labels.at(-1) ?? '') && /^\p{Ll}+$/u.test(labels.at(-1) ?? '') && !doubtful;
  return certain ? written : labels.slice(0, last + 1).join('.');
}

function addressAt(text: string, sign: number): Hit | null {
  const from = reach(text, sign - 1, [-1, LONGEST_LOCAL, text[sign] === '@' ? IN_LOCAL : IN_SPELT_LOCAL]) + 1;
  const to = reach(text, sign + 1, [1, LONGEST_DOMAIN, IN_DOMAIN]);
  const rawDomain = text.slice(sign + 1, to).replace(/[.\-\uE001]+$/u, '');
  const local = text.slice(from, sign).replace(edge, '');
  const domain = domainOf(rawDomain);
  if (!local || !domain || /^[.-]|\.\./.test(domain) || FILE.test(domain.toLowerCase())) return null;
  // "meet me at example.com" has no dot that is spelt and no provider behind it.
  const doubtful = text[sign] === MAYBE_AT;
  if (
    doubtful &&
    !/[._\d\-\uE001]/.test(local) &&
    !rawDomain.includes(MAYBE_DOT) &&
    !PROVIDER.test(domain.toLowerCase())
  )
    return null;
  const start = from + text.slice(from, sign).indexOf(local);
  const value = `${local}@${domain}`.replaceAll(MAYBE_DOT, '.').toLowerCase().normalize('NFC');
  return { start, end: sign + 1 + domain.length, value };
}

const AT_SIGNS = new RegExp(`[@${MAYBE_AT}${SPELT_AT}]`, 'gu');

/** Answers in places of the original, because it reads a view of its own. */
export function* emails(view: View): Iterable<Hit> {
  if (!ANY_AT.test(view.text)) return;
  const plain = spelt(view);
  for (const { index } of plain.text.matchAll(AT_SIGNS)) {
    const hit = addressAt(plain.text, index);
    if (hit) yield { ...inOriginal(plain, hit.start, hit.end), value: hit.value };
  }
}
