// enforce: words for the gateway itself, the consent gate, and what happens to a message that may not go on yet. Reads, then decides.
import {
  answerOf,
  closedByStop,
  endOf,
  gateOf,
  intentOf,
  isClaim,
  notice,
  recipientsFor,
  refusedBy,
  toldOf,
  withAge,
  type CompiledConsent,
  type CompiledInstructions,
  type FoundIntent,
  type Gate,
  type Right,
  type Said,
  type Told,
} from '#libs/instructions';
import type { Content, OutboundContent } from '#libs/kernel';
import type { OpenMessage, Store } from '#libs/store';
import { ageEvent, ageOf, ageQuestion, answerToAge, isUnknown, minorTold, type AgeInHand } from './age.js';
import type { InboundBody } from './body.js';
import { createAnswers } from './consent-answer.js';
import { askedOf, eventsOf, newCode, question, text, told, type Records } from './consent-question.js';
import type { Handled, Hold, Passed } from './gated.js';
import { madeAt } from './message-id.js';
import { saidOf } from './said.js';
import type { TurnInHand } from './turn.js';

export interface GateDeps {
  readonly store: Pick<
    Store,
    'consentsOf' | 'agesOf' | 'recipientsOf' | 'wholePersons' | 'findByExternalId' | 'lastOfOurs' | 'purposesAsked'
  >;
  /** Where the person finds the receipt of what they answered; good for a day. */
  readonly receiptUrl: (code: string) => string;
  readonly now: () => number;
}

/** What a message asks of the gateway itself. A button for no that answers no question may be a wish to hear less. */
export function wishOf({ instructions }: TurnInHand, content: Content | null): FoundIntent | null {
  const { text, choice } = saidOf(content);
  if (refusedBy(choice) !== null) return { intent: 'stop', sure: false };
  return intentOf(text ?? '', instructions.keywords);
}

/** When it is done nothing can be said here any more: whoever is to be erased has the address of the request's page from the start. */
export const withPage = ({ rights, replies }: Handled, page: string): readonly OutboundContent[] =>
  replies.map((one) =>
    rights?.includes('erasure') && one.type === 'text' ? { ...one, text: `${one.text} ${page}` } : one,
  );

/** How a message finds the gate: as it stands for this person now, and as it would for somebody of age. */
interface At {
  readonly gate: Gate;
  readonly ofAge: Gate;
  readonly age: AgeInHand;
  readonly records: Records;
}

/** Does a recipient wait for one of these purposes? */
const isWanted = (compiled: CompiledInstructions, purposes: ReadonlySet<string>): boolean =>
  recipientsFor(compiled).some((recipient) => recipient.purposes.some((purpose) => purposes.has(purpose)));

/** Words of an answer that may be one to something else: where nobody else is there for them, the question is asked anew. */
function asHeard({ instructions }: TurnInHand, at: At, of: { said: Said; years: 'elsewhere' | null }): At {
  const { asked, open } = at.gate;
  if (isWanted(instructions, open)) return at;
  if (of.years !== null) return { ...at, age: { ...at.age, standing: 'ask' } };
  return asked !== null && answerOf(asked, of.said) !== null ? { ...at, gate: { ...at.gate, ask: asked } } : at;
}

/** An objection closes a purpose, whatever else would open it; and nobody is asked for what they do not want. */
function without(gate: Gate, closed: readonly string[]): Gate {
  if (closed.length === 0) return gate;
  const left = (purposes: ReadonlySet<string>) => new Set([...purposes].filter((one) => !closed.includes(one)));
  const ask = gate.ask?.purposes.some((one) => !closed.includes(one)) ? gate.ask : null;
  return { ...gate, open: left(gate.open), waiting: left(gate.waiting), ask };
}

/** Does an open purpose cover that what was sent stays? */
const keepsContent = ({ storing }: CompiledInstructions, { open }: Gate): boolean =>
  [...(storing.content ?? []), ...(storing.attachments ?? [])].some(({ purpose }) => open.has(purpose));

export function createGate({ store, receiptUrl, now }: GateDeps) {
  const answers = createAnswers({ store, receiptUrl, now });

  /** Consents that stand or are asked for end; what waits is dropped. As easy as giving: one word (Art. 7(3)). */
  function stopped(hand: TurnInHand, message: OpenMessage, { gate, records }: At): Handled {
    const isStanding = (p: string): boolean => gate.open.has(p) || gate.waiting.has(p);
    const standing = hand.instructions.consents.filter(({ purposes }) => purposes.some(isStanding));
    const code = newCode();
    const events = standing.flatMap((consent) => eventsOf(hand, 'withdrawn', { consent, message, records, code }));
    return {
      kind: 'handled',
      state: 'done',
      consent: { events, closes: standing.flatMap(({ purposes }) => purposes), marketingStopped: true },
      replies: [events.length > 0 ? told(hand, 'consent-withdrawn', receiptUrl(code)) : told(hand, 'stop-confirmed')],
      decided: events.length > 0 ? 'consent-withdrawn' : 'marketing-stopped',
    };
  }

  /** Of age: the question for consent follows, and what waited for nothing else goes on. A minor: what waited is dropped. */
  function declared(hand: TurnInHand, message: OpenMessage, at: At & { readonly answer: 'adult' | 'minor' }): Handled {
    const { consents } = hand.instructions;
    const isAdult = at.answer === 'adult';
    const age = ageEvent(hand, isAdult ? 'declared-adult' : 'declared-minor', { age: at.age.age, message });
    const consent = isAdult ? (at.ofAge.ask ?? at.ofAge.asked) : null;
    const closes = isAdult ? [] : consents.flatMap((one) => one.purposes);
    const events = consent ? askedOf(hand, consent, { records: at.records, now: new Date(now()) }) : [];
    return {
      kind: 'handled',
      // What people write of their age is not kept, only what follows from it.
      state: 'dropped',
      consent: { events, age, closes },
      replies: isAdult ? (consent ? question(hand, consent) : []) : [minorTold(hand)],
      decided: isAdult ? 'declared-adult' : 'declared-minor',
    };
  }

  function started(hand: TurnInHand, { gate, age, records }: At): Handled {
    if (age.standing !== 'of-age') {
      const asked = isUnknown(age) ? { age: ageEvent(hand, 'asked', { age: age.age, message: null }) } : {};
      return {
        kind: 'handled',
        state: 'done',
        consent: { events: [], marketingStopped: false, ...asked },
        replies: [isUnknown(age) ? ageQuestion(hand, age) : minorTold(hand)],
        decided: 'started',
      };
    }
    const closed = hand.instructions.consents.filter(({ purposes }) => purposes.some((p) => !gate.open.has(p)));
    const [consent] = closed;
    const events = consent ? askedOf(hand, consent, { records, now: new Date(now()) }) : [];
    return {
      kind: 'handled',
      state: 'done',
      consent: { events, marketingStopped: false },
      replies: consent ? question(hand, consent) : [],
      decided: 'started',
    };
  }

  /** Those whom this person's data really went to (Art. 15(1)(c)), the newest last; not those who could receive it. */
  async function recipientsTold(hand: TurnInHand): Promise<Handled> {
    const { tenantId, subjectId } = hand.whose;
    const known = new Map(recipientsFor(hand.instructions).map((one) => [one.id, one]));
    const went = await store.recipientsOf(tenantId, await store.wholePersons(tenantId, [subjectId]));
    const names = went
      .toSorted((a, b) => a.last_at.getTime() - b.last_at.getTime())
      .map(({ recipient, last_at }) => {
        const one = known.get(recipient);
        const place = [one?.country, last_at.toISOString().slice(0, 10)].filter((part) => part != null).join(', ');
        return `${one?.entity ?? recipient} (${place})`;
      });
    const body = toldOf(hand.instructions, names.length > 0 ? 'recipients' : 'no-recipients', hand.turn.locale);
    return {
      kind: 'handled',
      state: 'done',
      replies: [text(body.replace('{list}', names.join('; ')))],
      decided: 'recipients-told',
    };
  }

  async function carriedOut(hand: TurnInHand, at: At & { message: OpenMessage; found: FoundIntent }): Promise<Handled> {
    const { message, found } = at;
    const asked = (right: Right, name: Told): Handled => ({
      kind: 'handled', state: 'done', replies: [told(hand, name)], rights: [right], decided: `${right}-asked`,
    }); // prettier-ignore
    switch (found.intent) {
      case 'stop': {
        const ended = stopped(hand, message, at);
        // Of whom nothing stands any more there is nothing to withdraw by saying it again.
        const withdraws = ended.decided === 'consent-withdrawn' || (!found.objects && hand.progress.marketingStoppedAt === null);
        const rights = (['withdrawal', 'objection'] as const).filter((one) => (one === 'withdrawal' ? withdraws : found.objects));
        return found.objects ? { ...ended, rights, replies: [...ended.replies, told(hand, 'objection-received')] } : { ...ended, rights };
      }
      case 'start':
        return started(hand, at);
      case 'erase':
        return asked('erasure', 'erasure-received');
      case 'access':
        return asked('access', 'access-received');
      case 'port':
        return asked('portability', 'access-received');
      case 'rectify':
        return asked('rectification', 'rectification-received');
      case 'restrict':
        return asked('restriction', 'restriction-received');
      case 'object':
        return asked('objection', 'objection-received');
      case 'who': {
        const shown = notice(hand.instructions, 'first-notice', hand.turn.locale);
        return { kind: 'handled', state: 'done', replies: shown ? [text(shown.body)] : [], decided: 'notice-again' };
      }
      case 'recipients':
        return recipientsTold(hand);
      default:
        return found.intent satisfies never;
    }
  } // prettier-ignore

  /** Nothing is open and nothing is awaited: what no purpose covers is not kept. */
  function shut(hand: TurnInHand, gate: Gate): Handled {
    const state = keepsContent(hand.instructions, gate) ? 'done' : 'dropped';
    return { kind: 'handled', state, replies: [], decided: 'no-consent', stays: gate.open };
  }

  /** Those who could have it have it, and nobody else will: what stays of it is settled. */
  const ended = ({ gate }: At): Handled => ({
    kind: 'handled', state: 'done', replies: [], decided: 'hold-ended', stays: gate.open,
  }); // prettier-ignore

  /** How long it waits, and for which purposes: those whose consent says that it is held. `went`: others have it. */
  function holdOf(hand: TurnInHand, gate: Gate, of: { waiting: ReadonlySet<string>; went: boolean }): Hold | null {
    const { instructions } = hand;
    const holding = instructions.consents.filter(({ meanwhile, purposes }) => meanwhile === 'hold' && purposes.some((one) => of.waiting.has(one)));
    const first = holding.find((one) => one === (gate.ask ?? gate.asked)) ?? holding[0];
    const waiting = holding.flatMap(({ purposes }) => purposes.filter((one) => of.waiting.has(one)));
    const until = first && isWanted(instructions, new Set(waiting)) ? endOf(new Date(now()), first.holdFor) : null;
    return until && { until, waiting, forwarded: of.went && keepsContent(instructions, gate) };
  } // prettier-ignore

  /** What goes out now, if anything: the age comes before the consent. */
  function asking(hand: TurnInHand, { gate, age, records }: At) {
    if (age.standing === 'ask' && gate.waiting.size > 0)
      return {
        questions: [ageQuestion(hand, age)],
        consent: { events: [], age: ageEvent(hand, 'asked', { age: age.age, message: null }) },
      };
    if (!gate.ask) return { questions: [] };
    const events = askedOf(hand, gate.ask, { records, now: new Date(now()) });
    return { questions: question(hand, gate.ask), ...(events.length === 0 ? {} : { consent: { events } }) };
  }

  function passed(hand: TurnInHand, at: At): Passed | Handled {
    const { instructions } = hand;
    const { gate, age } = at;
    const isWaitedFor = ({ purposes }: CompiledConsent): boolean => purposes.some((one) => gate.waiting.has(one));
    const awaited = gate.ask ?? gate.asked ?? (isUnknown(age) ? instructions.consents.find(isWaitedFor) : undefined);
    const waits = isWanted(instructions, gate.waiting);
    const open = isWanted(instructions, gate.open);
    if (!waits && !open) return shut(hand, gate);
    const hold = holdOf(hand, gate, { waiting: gate.waiting, went: open });
    const { questions, ...asked } = asking(hand, at);
    const rest = { ...(hold ? { hold } : {}), ...asked };
    if (open) return { kind: 'go', open: gate.open, stays: gate.open, questions, ...rest };
    return {
      kind: 'handled',
      state: hold ? 'done' : 'dropped',
      replies: questions,
      decided: 'consent-awaited',
      ...(awaited ? { clause: awaited.clause } : {}),
      ...rest,
    };
  }

  /** Agreed to since the message came, by a consent that holds nothing: nobody was given it by that. */
  function openedSince(hand: TurnInHand, { id }: OpenMessage, { records }: At): (purpose: string) => boolean {
    const discarding = hand.instructions.consents.filter(({ meanwhile }) => meanwhile === 'discard');
    const later = records.filter(({ state, at }) => state === 'given' && at.getTime() > madeAt(id));
    return (purpose) =>
      discarding.some(({ purposes }) => purposes.includes(purpose)) && later.some((one) => one.purpose === purpose);
  }

  /** Held before: it goes to those who waited for it, and to nobody a second time; what it is still asked for, it waits for. */
  function heldBefore(hand: TurnInHand, message: OpenMessage, at: At): Passed | Handled {
    const { gate } = at;
    const waiting = message.waiting ?? [];
    const isLate = openedSince(hand, message, at);
    const open = new Set(waiting.filter((purpose) => gate.open.has(purpose)));
    const had = new Set([...gate.open].filter((purpose) => !waiting.includes(purpose) && !isLate(purpose)));
    const still = new Set(waiting.filter((purpose) => gate.waiting.has(purpose)));
    const hold = holdOf(hand, gate, { waiting: still, went: open.size > 0 });
    if (!hold && open.size === 0) return waiting.length === 0 ? ended(at) : shut(hand, gate);
    const { questions, ...asked } = hold ? asking(hand, at) : { questions: [] };
    const rest = { ...(hold ? { hold } : {}), ...asked };
    if (open.size > 0) return { kind: 'go', open, had, stays: gate.open, questions, ...rest };
    return { kind: 'handled', state: 'done', replies: questions, decided: 'consent-awaited', ...rest };
  }

  /** It may be a wish for erasure: they are told how it is done, and the message goes its way. */
  function withWords(hand: TurnInHand, onward: Passed | Handled): Passed | Handled {
    const words = told(hand, 'erasure-words');
    return onward.kind === 'go'
      ? { ...onward, questions: [words, ...onward.questions] }
      : { ...onward, replies: [words, ...onward.replies] };
  }

  /** It may be a wish to hear less: marketing stops, whatever becomes of the message. */
  const withStop = <One extends Passed | Handled>(onward: One): One => ({
    ...onward,
    unsure: true,
    consent: { events: [], ...onward.consent, marketingStopped: true },
  });

  async function atOf(hand: TurnInHand): Promise<At> {
    const { instructions, living } = hand;
    const records = instructions.consents.length > 0 ? await store.consentsOf(living.tenantId, living.subjectId) : [];
    const age = await ageOf(instructions, { ...living, address: hand.address }, { store, now: new Date(now()) });
    const stopped = closedByStop(instructions, records, hand.progress.marketingStoppedAt);
    const ofAge = without(gateOf(instructions, records, new Date(now())), [...hand.turn.objected, ...stopped]);
    return { gate: withAge(ofAge, instructions.consents, age.standing), ofAge, age, records };
  }

  /** What is said to another app: it takes back what it takes back, and rights are exercised whoever is spoken to; nothing else of it is for us. */
  async function takenBack(
    hand: TurnInHand,
    at: At & { message: OpenMessage; content: Content | null },
  ): Promise<Handled> {
    const { message, content, gate, records } = at;
    const said = saidOf(content);
    const onward: Handled = { kind: 'handled', state: 'done', replies: [], decided: 'aside' };
    if (message.type !== 'message') return onward;
    const answer = await answers.find(hand, message, { said, records });
    if (answer?.yes === false) return answers.settle(hand, message, { answer, gate, records });
    const found = wishOf(hand, content);
    if (!found || !isClaim(found)) return onward;
    return found.sure ? carriedOut(hand, { ...at, found }) : withStop(onward);
  }

  return {
    async pass(hand: TurnInHand, message: OpenMessage, body: InboundBody): Promise<Passed | Handled> {
      const at = await atOf(hand);
      const { gate, age, records } = at;
      if (message.waiting !== null) return heldBefore(hand, message, at);
      if (message.type !== 'message') return { kind: 'go', open: gate.open, stays: gate.open, questions: [] };
      const said = saidOf(body.content);
      const years = await answerToAge(hand, { ...age, said, message }, { store, now: new Date(now()) });
      if (years === 'adult' || years === 'minor') return declared(hand, message, { ...at, answer: years });
      const answer = await answers.find(hand, message, { said, records });
      // No consent is given before the age is known; it is taken back at any time.
      if (answer && (!answer.yes || age.standing === 'of-age'))
        return answers.settle(hand, message, { answer, gate, records });
      const found = wishOf(hand, body.content);
      if (found?.sure) return carriedOut(hand, { ...at, message, found });
      const onward = passed(hand, asHeard(hand, at, { said, years }));
      if (found?.intent === 'erase') return withWords(hand, onward);
      return found?.intent === 'stop' ? withStop(onward) : onward;
    },

    /** Another app has the conversation: what they take back is taken back, what they ask for as their right becomes a request, and nothing is said. */
    async aside(hand: TurnInHand, message: OpenMessage, body: InboundBody): Promise<Handled> {
      const at = await atOf(hand);
      const taken = await takenBack(hand, { ...at, message, content: body.content });
      const stays = new Set([...at.gate.open].filter((one) => !taken.consent?.closes?.includes(one)));
      return { ...taken, replies: [], aside: true, stays };
    },

    /** Purposes that are open for the person. */
    open: async (hand: TurnInHand): Promise<ReadonlySet<string>> => (await atOf(hand)).gate.open,
  };
}
