// What was put right of a person (Art. 16): as the instructions let it be held, and in place of what a channel exposes wrongly again.
import type { ChannelAdapter } from '#libs/channels';
import { localeUnder, valueUnder, type CompiledInstructions, type Ruling } from '#libs/instructions';
import { personal, Problem, type IdentifierKind } from '#libs/kernel';
import { openCorrections, type CorrectBody, type CorrectedBody, type CorrectedForm, type CorrectedValue, type Correction, type OpenMessage, type Replaced, type Store } from '#libs/store'; // prettier-ignore
import { blindIndex, type TenantKeys } from '#libs/vault';
import { openBody, resealReduced, type InboundBody } from './body.js';
import { digitsOf, pseudonymiser } from './identity.js';
import type { TurnInHand } from './turn.js';

/** What a controller says is right. */
export interface WantedCorrection {
  readonly channel: string;
  readonly kind: string;
  readonly value: string;
}

interface Given {
  readonly instructions: CompiledInstructions | null;
  readonly adapters: readonly ChannelAdapter[];
  readonly keys: TenantKeys;
}

const NUMBER = /^\d{5,20}$/;
const FORMS: Readonly<Record<string, CorrectedForm | null>> = { keep: null, truncate: 'truncate', pseudonymise: 'pseudonymise' }; // prettier-ignore

/** What is true or untrue of a person; ids that a platform made up, and what happened, are as they are. */
const isOfPerson = ({ of, role, category, scope }: IdentifierKind): boolean =>
  of === 'subject' &&
  (role === 'profile' || (role === 'content' && category === 'profile') || (role === 'routing' && scope === 'global'));

const refused = (n: number, detail: string): Problem =>
  new Problem('invalid-input', undefined, { errors: [{ path: `/corrections/${n}`, detail }] });

/** A number by which the person is reached. Only kinds that mean the same everywhere come here. */
function reached(
  wanted: WantedCorrection,
  ruling: Ruling,
  n: number,
): { value: string; clause: string; index: string } {
  const value = digitsOf(wanted.value);
  if (!NUMBER.test(value)) throw refused(n, 'This is no telephone number.');
  return { value, clause: ruling.clause, index: `${wanted.channel}|${wanted.kind}` };
}

function one(wanted: WantedCorrection, n: number, { instructions, adapters, keys }: Given): CorrectedValue {
  const { channel, kind: key, value: given } = wanted;
  const adapter = adapters.find(({ manifest }) => manifest.channel === channel);
  const kind = adapter?.identifiers.find((known) => known.key === key);
  if (!kind) throw refused(n, 'There is no such kind of identifier on this channel.');
  if (!isOfPerson(kind)) throw refused(n, 'This kind says nothing of the person that could be put right.');
  const rulings = instructions?.channels[channel]?.enabled ? instructions.channels[channel].identifiers : {};
  const ruling = Object.hasOwn(rulings, key) ? rulings[key] : undefined;
  const form = ruling && Object.hasOwn(FORMS, ruling.do) ? FORMS[ruling.do] : undefined;
  if (!instructions || !ruling || form === undefined)
    throw new Problem('not-instructed', 'The instructions in force keep no identifier of that kind.');
  if (ruling.routing && form === null) {
    const { value, clause, index } = reached(wanted, ruling, n);
    return { channel, kind: key, value: personal(value), form, clause, hash: blindIndex(keys, index, value) };
  }
  const value = valueUnder(ruling, given, (plain) => pseudonymiser(keys, channel)(key, plain));
  if (value === null) throw refused(n, 'The value does not have the form of its kind.');
  const locale = key === 'locale' ? { locale: localeUnder(instructions, given, ruling) } : {};
  return { channel, kind: key, value: personal(value), form, clause: ruling.clause, ...locale };
}

/** As they may be held. @throws Problem invalid-input, not-instructed */
export function correctionsUnder(wanted: readonly WantedCorrection[], given: Given): CorrectedValue[] {
  const twice = wanted.findIndex((a, n) => wanted.findIndex((b) => a.channel === b.channel && a.kind === b.kind) < n);
  if (twice >= 0) throw refused(twice, 'This kind was named before.');
  return wanted.map((correction, n) => one(correction, n, given));
}

type Put = { readonly body: InboundBody; readonly replaced: readonly Replaced[] };

/** Null: there is nothing wrong in it. */
function putRight(body: InboundBody, corrections: readonly Correction[], keys: TenantKeys): Put | null {
  const replaced: Replaced[] = [];
  let { identifiers, forms = {} } = body;
  for (const { channel, kind, value, form, replaces, settled } of corrections) {
    const was = Object.hasOwn(identifiers, kind) ? identifiers[kind] : undefined;
    if (was === undefined || was === value) continue;
    const known = forms[kind] === 'pseudonymise' ? was : pseudonymiser(keys, channel)(kind, was);
    const hash = Buffer.from(known, 'base64url');
    // Something new of the person, which nobody has called wrong.
    if (settled && !replaces.some((wrong) => wrong.equals(hash))) continue;
    const { [kind]: _before, ...others } = forms;
    identifiers = { ...identifiers, [kind]: value };
    forms = form === null ? others : { ...others, [kind]: form };
    replaced.push({ kind, hash });
  }
  if (replaced.length === 0) return null;
  const { forms: _forms, ...rest } = body;
  return { body: { ...rest, identifiers, ...(Object.keys(forms).length > 0 ? { forms } : {}) }, replaced };
}

/** A stored message with what is wrong in it put right. */
export const correctBody: CorrectBody = (keys, { body, messageId, ...rest }, corrections) => {
  const whose = { ...rest, tenantId: keys.tenantId };
  const put = putRight(openBody(whose, messageId, body), corrections, keys);
  return put && { body: resealReduced(whose, messageId, put.body), replaced: put.replaced };
};

/** Of the channel of this conversation. */
function standingFor(hand: TurnInHand): readonly Correction[] {
  const { corrections } = hand.turn;
  if (corrections.length === 0) return [];
  return openCorrections(hand.living, corrections.filter(({ channel }) => channel === hand.connection.channel)); // prettier-ignore
}

/** For a message that does not bring them itself. */
export const correctedOf = (hand: TurnInHand): Readonly<Record<string, string>> =>
  Object.fromEntries(standingFor(hand).map(({ kind, value }) => [kind, value]));

/** The message as it goes on: what the channel exposed wrongly once more is put right, in the row as well. */
export async function rightly<M extends Pick<OpenMessage, 'id' | 'body'>>(store: Pick<Store, 'replaceWrong'>, hand: TurnInHand, message: M): Promise<M> {
  const standing = standingFor(hand);
  if (standing.length === 0 || !message.body) return message;
  const { subjectId, key, tenantId } = hand.whose;
  const sealed = { subjectId, key, messageId: message.id, body: message.body };
  const after: CorrectedBody | null = correctBody(hand.connection.tenant.keys, sealed, standing);
  if (!after) return message;
  const at = { messageId: message.id, subjectId, channel: hand.connection.channel };
  await store.replaceWrong(tenantId, at, { before: message.body, after });
  return { ...message, body: after.body };
} // prettier-ignore
