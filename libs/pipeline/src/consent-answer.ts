// enforce, of consent: whether a message answers the question for it, and what the answer changes.
import {
  answeredStates,
  answerOf,
  refusedBy,
  type CompiledConsent,
  type ConsentAnswer,
  type Gate,
  type Right,
  type Said,
} from '#libs/instructions';
import type { ConsentEventRow, OpenMessage, Store } from '#libs/store';
import { askedOf, eventsOf, newCode, question, told, type Records } from './consent-question.js';
import type { Handled } from './gated.js';
import { isOwnButton } from './own-buttons.js';
import { saidTo } from './said-to.js';
import type { TurnInHand } from './turn.js';

export interface AnswerDeps {
  readonly store: Pick<Store, 'findByExternalId' | 'lastOfOurs' | 'purposesAsked' | 'wholePersons'>;
  /** Where the person finds the receipt of what they answered. */
  readonly receiptUrl: (code: string) => string;
  readonly now: () => number;
}

const askedIn = ({ purposes }: CompiledConsent, records: Records, messageId: string | null): boolean =>
  messageId !== null && records.some((one) => purposes.includes(one.purpose) && one.question === messageId);

export function createAnswers({ store, receiptUrl, now }: AnswerDeps) {
  /** No to what was asked before, by a text that is not there any more or by a question since which another was asked: to whatever asks for its purposes now. */
  async function refusal({ whose, living, instructions }: TurnInHand, by: { text: string } | { message: string }): Promise<ConsentAnswer | null> {
    const asked = await store.purposesAsked(whose.tenantId, living.subjectId, by);
    const now = instructions.consents.filter(({ purposes }) => purposes.some((one) => asked.includes(one)));
    const [first] = now;
    if (!first) return null;
    const purposes = now.flatMap((one) => one.purposes.filter((purpose) => asked.includes(purpose)));
    return { consent: { ...first, purposes }, yes: false, button: null };
  }

  /** Nothing changes: it is no message for a recipient either. */
  const unchanged: Handled = { kind: 'handled', state: 'done', replies: [], decided: 'consent-unchanged' };

  /** Yes to what is not asked any more, or was asked otherwise: it is asked as it reads now. */
  function anew(hand: TurnInHand, consent: CompiledConsent, records: Records): Handled {
    return {
      kind: 'handled',
      state: 'done',
      consent: { events: askedOf(hand, consent, { records, now: new Date(now()) }) },
      replies: question(hand, consent),
      decided: 'consent-awaited',
      clause: consent.clause,
    };
  }

  return {
    /** A button of a question is an answer at any time; words are where they are said to the question, and cannot be meant for anything else. */
    async find(hand: TurnInHand, message: OpenMessage, { said, records }: { said: Said; records: Records }): Promise<ConsentAnswer | null> {
      const may = hand.instructions.consents.flatMap((consent) => {
        const answer = answerOf(consent, said);
        return answer === null ? [] : [{ consent, yes: answer === 'yes', button: said.choice }];
      });
      const gone = may.length === 0 ? refusedBy(said.choice) : null;
      if (may.length === 0 && gone === null) return null;
      // Whoever writes to the person can send them a button with such an id; only its seal says that it is ours, and theirs.
      if (said.choice !== null && !(await isOwnButton(hand, said.choice, store))) return null;
      if (gone !== null) return refusal(hand, { text: gone });
      if (said.choice !== null) return may[0]!;
      const to = await saidTo(hand, message, store);
      const found = may.find(({ consent }) => askedIn(consent, records, to));
      const isNo = may.every(({ yes }) => !yes);
      return found ?? (isNo && message.target && to !== null ? refusal(hand, { message: to }) : null);
    },

    settle(hand: TurnInHand, message: OpenMessage, at: { answer: ConsentAnswer; gate: Gate; records: Records }): Handled {
      const { consent, yes } = at.answer;
      const states = answeredStates(at.answer, at.records, new Date(now()));
      const isClosed = (purpose: string): boolean => !at.gate.open.has(purpose) && !hand.turn.objected.includes(purpose);
      if (states.size === 0) return yes && consent.purposes.some(isClosed) ? anew(hand, consent, at.records) : unchanged;
      const code = newCode();
      const purposes = [...states.keys()];
      const state = (purpose: string) => states.get(purpose) as ConsentEventRow['state'];
      const name = yes ? 'consent-given' : [...states.values()].includes('withdrawn') ? 'consent-withdrawn' : 'consent-refused';
      const rights: readonly Right[] = name === 'consent-withdrawn' ? ['withdrawal'] : [];
      return {
        kind: 'handled',
        state: 'done',
        consent: {
          events: eventsOf(hand, state, { consent, message, records: at.records, purposes, code }),
          closes: yes ? [] : consent.purposes,
        },
        replies: [told(hand, name, receiptUrl(code))],
        rights,
        decided: name,
      };
    },
  };
} // prettier-ignore
