// How a wish for access, correction, restriction, portability or an objection is told from other messages: which words come together, in any language and order.
import type { Intent } from '../words.js';

export type RightAsked = Extract<Intent, 'access' | 'rectify' | 'restrict' | 'port' | 'object'>;

/** Words of one language, as patterns over normalised text. Messages are short, so it does not matter where in one they stand. */
export interface RightsWords {
  /** My data. */
  readonly mine: string;
  /** My messages, my behaviour: what may be objected to beside data. */
  readonly utterances: string;
  /** "Which data do you have about me": says it all. */
  readonly aboutMe: string;
  readonly give: string;
  readonly fix: string;
  /** One thing known of a person, which only together with `held` means a record and not an order. */
  readonly field: string;
  readonly held: string;
  readonly freeze: string;
  /** Do not use, do not process. */
  readonly unused: string;
  readonly meanwhile: string;
  /** Keep, do not delete. */
  readonly kept: string;
  readonly move: string;
  readonly elsewhere: string;
  readonly oppose: string;
  readonly use: string;
  /** What data may be used for and whoever objects does not want. */
  readonly ends: string;
  readonly profiling: string;
  /** What the law calls them. */
  readonly named: Readonly<Record<RightAsked, string>>;
  /** What else is said of one's data: that it was sent, whether it is needed. */
  readonly otherwise: string;
  /** What a message is about that is not about data. */
  readonly business: string;
}

export type Test = (said: string) => boolean;
const FORMATS = String.raw`csv|json|xml|excel`;
const ARTICLES: Readonly<Record<RightAsked, number>> = { access: 15, rectify: 16, restrict: 18, port: 20, object: 21 };
const LAW = String.raw`gdpr|dsgvo|ds gvo|rgpd|avg|rodo|lgpd`;

/** By number, in any language: "Art. 15 GDPR"; without the name of the law, a number may be an item of an order. */
const byArticle = (right: RightAsked): RegExp =>
  new RegExp(
    String.raw`\bart(?:icle|ikel|iculo|icolo|ykul|ykulu|igo)? ${ARTICLES[right]}\b.{0,20}\b(?:${LAW})\b|\b(?:${LAW})\b.{0,20}\bart(?:icle|ikel|iculo|icolo|ykul|ykulu|igo)? ${ARTICLES[right]}\b`,
  );

/** Whoever objects to this alone (Art. 21(2)) wants to hear no more of it, and is still served. */
const MARKETING =
  /\b(?:(?:direct|direkt)?marketing\w*|werb\w*|reklam\w*|reclame\w*|advert\w*|ads|promo\w*|publicit\w*|publicidad\w*|pubblicit\w*|propaganda|prospection|newsletters?)\b/;
export const isMarketing: Test = (said) => MARKETING.test(said);

/** The first that fits wins: what is narrower comes before what it would be part of. */
export function rightsIn(words: RightsWords): readonly (readonly [RightAsked, Test])[] {
  const has = (key: Exclude<keyof RightsWords, 'named'>): Test => {
    const pattern = new RegExp(String.raw`\b(?:${words[key]})\b`);
    return (said) => pattern.test(said);
  };
  const all = (...tests: readonly Test[]): Test => (said) => tests.every((test) => test(said)); // prettier-ignore
  const any = (...tests: readonly Test[]): Test => (said) => tests.some((test) => test(said)); // prettier-ignore
  const [mine, unused, use, about] = [has('mine'), has('unused'), has('use'), any(has('business'), has('otherwise'))];
  const usable = any(mine, has('utterances'));
  const inFormat: Test = (said) => new RegExp(String.raw`\b(?:${FORMATS})\b`).test(said);
  const named = (right: RightAsked): Test => {
    const [name, article] = [new RegExp(String.raw`\b(?:${words.named[right]})\b`), byArticle(right)];
    return (said) => name.test(said) || article.test(said);
  };
  const meant: Readonly<Record<RightAsked, Test>> = {
    restrict: any(
      all(mine, has('freeze')),
      all(mine, unused, has('meanwhile')),
      all(mine, unused, has('kept')),
    ),
    object: any(all(usable, has('oppose'), use), all(usable, unused, has('ends')), has('profiling')),
    port: any(all(mine, has('move')), all(mine, inFormat), all(mine, has('elsewhere'))),
    rectify: any(all(mine, has('fix')), all(has('field'), has('held'), has('fix'))),
    access: any(has('aboutMe'), all(mine, has('give'))),
  }; // prettier-ignore
  const order: readonly RightAsked[] = ['restrict', 'object', 'port', 'rectify', 'access'];
  return [
    ...order.map((right) => [right, named(right)] as const),
    ...order.map((right) => [right, all(meant[right], (said) => !about(said))] as const),
  ];
}
