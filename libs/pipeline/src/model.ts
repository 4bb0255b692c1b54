// A controller's own detector: asked over HTTP before anybody else gets a text, as the recipient of personal data that it is.
import {
  detectorRequest,
  minimise,
  readDetector,
  treatContent,
  withhold,
  withoutOverlaps,
  type CompiledInstructions,
  type CompiledRecipient,
  type Detector,
  type Found,
} from '#libs/instructions';
import { personal, type Content, type HttpRequest, type HttpResponse } from '#libs/kernel';
import type { Logger } from '#libs/platform';
import type { Disclosed, Store } from '#libs/store';
import type { Bulkhead } from './bulkhead.js';
import { permitOf, wentOut, type CallPermit } from './permit.js';
import type { Tenants } from './tenants.js';
import { refOf, type TurnInHand } from './turn.js';

export interface ModelDeps {
  readonly store: Pick<Store, 'beginAsking'>;
  readonly tenants: Pick<Tenants, 'recipientSecret'>;
  /** Only the hosts of its line in the register may be called. */
  readonly call: (request: HttpRequest, permit: CallPermit) => Promise<HttpResponse>;
  readonly bulkhead: Bulkhead;
  readonly log: Logger;
  readonly now: () => number;
}

/** What came of asking. `withheld`: what a text would be passed on as, because nobody looked through it. */
export interface Looked {
  readonly also: (local: Detector) => Detector;
  readonly guard: (content: Content) => Content;
  readonly disclosed: readonly Disclosed[];
}

export const NOT_ASKED: Looked = { also: (local) => local, guard: (content) => content, disclosed: [] };

/** What a detector found in one text, null: it did not look; and whether it was sent the text. */
interface Answer {
  readonly found: readonly Found[] | null;
  readonly sent: boolean;
}

/** A form with more texts than this is not looked through, so it is withheld. */
const MOST_TEXTS = 20;
const DETECTOR = 'detector';

const detectorsOf = ({ recipients }: CompiledInstructions): readonly CompiledRecipient[] =>
  recipients.filter(({ kind }) => kind === DETECTOR);

/** Whether anybody, or the table, gets the text otherwise than as it was written. */
const isTreated = ({ recipients, freeText }: CompiledInstructions): boolean =>
  freeText.beforeStore !== 'as-is' ||
  recipients.some(({ id, kind }) => kind !== DETECTOR && freeText.beforeRecipient[id] !== 'as-is');

function textsIn(content: Content): readonly string[] {
  const texts = new Set<string>();
  const find: Detector = (text) => {
    texts.add(text);
    return [];
  };
  treatContent(content, { how: 'redact', kinds: [], find, token: () => '' });
  return [...texts];
}

export function createModel({ store, tenants, call, bulkhead, log, now }: ModelDeps) {
  async function find(hand: TurnInHand, { id, url }: CompiledRecipient, text: string): Promise<Answer> {
    const { tenantId } = hand.whose;
    const place = bulkhead.enter(`${tenantId}|${id}`);
    if (!url || 'waitMs' in place) return { found: null, sent: false };
    const secret = await tenants.recipientSecret(tenantId, id);
    // What signs is not sent; a key that was entered is.
    const request = detectorRequest(text, url);
    const response = await (secret.startsWith('whsec_')
      ? call(request, permitOf(url, {}))
      : call({ ...request, bearer: { secret: 'key' } }, permitOf(url, { key: secret })));
    const found = readDetector(response, text);
    place.done(found === 'failed');
    return { found: found === 'failed' ? null : found, sent: wentOut(response) };
  }

  /** Each text of a message, by one detector; null: at least one was not looked through. */
  async function ask(
    hand: TurnInHand,
    detector: CompiledRecipient,
    given: { readonly content: Content; readonly open: ReadonlySet<string> },
  ): Promise<{ readonly found: ReadonlyMap<string, readonly Found[]> | null; readonly disclosed: readonly Disclosed[] }> {
    let instructed: readonly string[] = [];
    const turn = minimise({
      compiled: hand.instructions,
      state: { restricted: hand.turn.restricted },
      recipient: detector,
      channel: hand.connection.channel,
      open: given.open,
      treat(content) {
        instructed = textsIn(content);
        return content;
      },
      content: personal(given.content),
      contentType: given.content.type,
      identifiers: {},
      now: now(),
    });
    // Not instructed to have this, or all of it: then nobody looks through it, and nobody gets it.
    if ('refused' in turn || turn.content === null) return { found: null, disclosed: [] };
    const texts = textsIn(given.content);
    if (texts.some((text) => !instructed.includes(text))) return { found: null, disclosed: [] };
    if (texts.length === 0) return { found: new Map(), disclosed: [] };
    if (texts.length > MOST_TEXTS) return { found: null, disclosed: [] };
    const { purpose, categories } = turn;
    const { version, clause } = turn.mandate.instruction;
    const its: Disclosed = { recipient: detector.id, purpose, categories, version, clause };
    if (!(await store.beginAsking(hand.whose.tenantId, refOf(hand), its))) return { found: null, disclosed: [] };
    const answers = await Promise.all(
      texts.map(async (text) => ({ text, ...(await find(hand, detector, text)) })),
    );
    const disclosed = answers.some(({ sent }) => sent) ? [its] : [];
    const all = answers.flatMap(({ text, found }) => (found === null ? [] : [[text, found] as const]));
    return { found: all.length === answers.length ? new Map(all) : null, disclosed };
  }

  return async function look(hand: TurnInHand, content: Content | null, open: ReadonlySet<string>): Promise<Looked> {
    const detectors = detectorsOf(hand.instructions);
    if (content === null || detectors.length === 0 || !isTreated(hand.instructions)) return NOT_ASKED;
    const asked = await Promise.all(detectors.map((detector) => ask(hand, detector, { content, open })));
    const disclosed = asked.flatMap((one) => one.disclosed);
    if (asked.some(({ found }) => found === null)) {
      log.warn('detector.failed', { tenantId: hand.whose.tenantId });
      return { also: (local) => local, guard: withhold, disclosed };
    }
    const also = (local: Detector): Detector => (text) =>
      withoutOverlaps([...local(text), ...asked.flatMap(({ found }) => found?.get(text) ?? [])]);
    return { also, guard: (one) => one, disclosed };
  };
} // prettier-ignore

export type LookThrough = ReturnType<typeof createModel>;
