// A small scripted assistant: request in, reply out. It needs no network, keeps nothing, and says that it is a machine.
import type { BotRequest } from '../shared/bot-request.js';
import { isGerman, ORDERS, PHRASES, TOPICS, type Language, type Topic } from './phrases.js';

interface Choice {
  readonly id: string;
  readonly title: string;
}

/** A message of the bot contract; this bot sends texts only. */
interface Text {
  readonly type: 'text';
  readonly text: string;
  readonly choices?: readonly Choice[];
}

/** A choice remembers the language and what it is about, so that the bot need not: `en:order:1001`. */
const CHOICE = /^(en|de):(hello|help|hours|order|person)(?::(\d{4}))?$/;
const ORDER_NUMBER = /(?<!\d)\d{4}(?!\d)/;

export function assistant(request: BotRequest): { readonly messages: readonly Text[] } {
  if (request.event !== 'message') return { messages: [] };
  const { text, choice } = request.message;
  const chosen = CHOICE.exec(choice ?? '');
  if (chosen) return reply(chosen[1] as Language, chosen[2] as Topic, chosen[3]);
  const said = text ?? '';
  const language: Language = isGerman(said) || (said === '' && request.locale?.startsWith('de')) ? 'de' : 'en';
  if (said.trim() === '') return say(language, PHRASES[language].textOnly, ['help']);
  const number = ORDER_NUMBER.exec(said)?.[0];
  const topic = number === undefined ? TOPICS.find(([pattern]) => pattern.test(said))?.[1] : 'order';
  return topic
    ? reply(language, topic, number)
    : say(language, PHRASES[language].unknown, ['order', 'hours', 'person']);
}

type Offer = keyof typeof PHRASES.en.titles;

function reply(language: Language, topic: Topic, number?: string) {
  const phrases = PHRASES[language];
  if (topic !== 'order') return say(language, phrases[topic], topic === 'thanks' ? [] : ['order', 'hours', 'person']);
  if (number !== undefined) return say(language, stateOf(number, phrases.orders), ['hours', 'person']);
  const examples = ORDERS.map((one) => ({ id: `${language}:order:${one}`, title: one }));
  return { messages: [{ type: 'text' as const, text: phrases.order, choices: examples }] };
}

const stateOf = (number: string, states: readonly string[]): string =>
  (states[Number(number) % states.length] ?? '').replace('{number}', number);

function say(language: Language, text: string, offers: readonly Offer[]) {
  const choices = offers.map((topic) => ({ id: `${language}:${topic}`, title: PHRASES[language].titles[topic] }));
  return { messages: [{ type: 'text' as const, text, ...(choices.length === 0 ? {} : { choices }) }] };
}
