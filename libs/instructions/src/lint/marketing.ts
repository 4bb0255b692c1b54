// Rules on marketing and measuring: how people can do without them (Art. 13 ePrivacy Directive, Art. 21 GDPR).
import { asksConsent } from '../consent/consent.js';
import { isObjectedBySignal } from '../gpc.js';
import { normalise } from '../intent/normalise.js';
import { WORDS } from '../intent/words.js';
import { isMarketing } from '../marketing.js';
import { pointer } from '../pointer.js';
import { languagesOf } from '../texts.js';
import { entries, has, purposesOf } from './reading.js';
import type { Reading, Rule } from './rule.js';

/** Words that end messages when they are written alone, and mean something else within a sentence. */
const AMBIGUOUS = new Set(['end', 'ende', 'cancel', 'quit', 'alto', 'basta', 'ferma', 'cancelar', 'annulla', 'anuluj', 'koniec', 'pare', 'parar', 'sair', 'withdraw']); // prettier-ignore
const STOPS = Object.values(WORDS).flatMap(({ stop }) => stop.map(normalise).filter((word) => !AMBIGUOUS.has(word)));

/** Does a text name a word on which we stop: one of ours, or one of the document's? */
function saysHowToStop(body: string, { document }: Reading): boolean {
  const own = entries(document.keywords).flatMap(([, words]) => words['stop'] ?? []);
  const said = ` ${normalise(body)} `;
  return [...STOPS, ...own.map((word) => normalise(word ?? ''))].some((word) => word && said.includes(` ${word} `));
}

/** Purposes for which existing customers are written to without being asked. */
const withoutAsking = ({ document }: Reading): string[] =>
  purposesOf(document).flatMap(([id, p]) => (isMarketing(p) && !asksConsent(p) && p.softOptIn === true ? [id] : []));

/** Registry paths `transport.…` are of requests that a person's browser sends to us itself. */
const isInBrowser = ({ facts }: Reading, channel: string): boolean =>
  has(facts.channels, channel) &&
  (facts.channels[channel] ?? []).some(({ paths }) => paths.some((path) => path.startsWith('transport.')));

export const marketingRules: readonly Rule[] = [
  {
    rule: 'marketing-without-opt-out',
    severity: 'warning',
    article: 'Art. 13(2) ePrivacy Directive',
    *find(reading) {
      for (const purpose of withoutAsking(reading))
        for (const [id, text] of entries(reading.document.texts))
          if (id === 'first-notice' || text.purposes?.includes(purpose))
            for (const [language, body] of languagesOf(text))
              if (!saysHowToStop(body, reading))
                yield {
                  path: pointer('texts', id, language),
                  message: `The text ${id} in ${language} does not say how to hear no more of ${purpose}, for which nobody is asked; that has to be said from the first.`,
                  fix: 'Write it, for example "Reply STOP to hear no more of our offers."',
                };
    },
  },
  {
    rule: 'signal-undecided',
    severity: 'warning',
    article: 'Art. 21(2), 21(5) GDPR',
    *find(reading) {
      const concerned = purposesOf(reading.document).filter(([, purpose]) => isObjectedBySignal(purpose));
      for (const [channel, clause] of entries(reading.document.channels)) {
        if (concerned.length === 0 || clause.enabled === false || clause.gpc !== undefined) continue;
        if (!isInBrowser(reading, channel)) continue;
        yield {
          path: pointer('channels', channel, 'gpc'),
          message: `Browsers on ${channel} may signal an objection (Global Privacy Control), and nothing says whether it counts for ${concerned.map(([id]) => id).join(', ')}.`,
          fix: 'Set `gpc: object`, or `gpc: ignore` where you have decided that it does not.',
        };
      }
    },
  },
]; // prettier-ignore
