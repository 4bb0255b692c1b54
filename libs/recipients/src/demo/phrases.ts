// What the demo bot understands and says, in English and German. Titles fit into 20 characters, the least that channels take.

export type Language = 'en' | 'de';
export type Topic = 'hello' | 'help' | 'hours' | 'order' | 'person' | 'thanks';

/** `\b` knows no umlauts: a word is what no letter continues. */
const words = (either: string): RegExp => new RegExp(`(?<!\\p{L})(?:${either})(?!\\p{L})`, 'iu');

/** First match wins: what is asked for goes before the greeting around it. */
export const TOPICS: readonly (readonly [RegExp, Topic])[] = [
  [words('orders?|parcel|delivery|bestellung(?:en)?|paket|lieferung'), 'order'],
  [words('hours|open(?:ing)?|close[ds]?|öffnungszeiten|geöffnet|offen|öffnen|geschlossen'), 'hours'],
  [words('human|person|agent|staff|mensch(?:en)?|mitarbeiter(?:in)?'), 'person'],
  [words('help|menu|hilfe|hilf|menü'), 'help'],
  [words('thanks?|danke|vielen dank'), 'thanks'],
  [words('hello|hi|hey|good (?:morning|day|evening)|hallo|servus|moin|guten (?:morgen|tag|abend)|grüß gott'), 'hello'],
];

const GERMAN = words(
  'bestellung(?:en)?|paket|lieferung|öffnungszeiten|geöffnet|offen|öffnen|geschlossen|mensch(?:en)?|mitarbeiter(?:in)?|' +
    'hilfe|hilf|menü|danke|vielen dank|hallo|servus|moin|guten|grüß|' +
    'ich|ist|sie|wo|wann|wie|meine?|bitte|und|nicht|haben',
);

export const isGerman = (text: string): boolean => GERMAN.test(text);

/** Offered as examples; any four digits will do. */
export const ORDERS = ['3000', '3001', '3002'] as const;

interface Phrases extends Readonly<Record<Topic, string>> {
  readonly unknown: string;
  readonly textOnly: string;
  /** Answers to an order number, by turns; `{number}` is filled. */
  readonly orders: readonly string[];
  readonly titles: Readonly<Record<'help' | 'hours' | 'order' | 'person', string>>;
}

export const PHRASES: Readonly<Record<Language, Phrases>> = {
  en: {
    hello: 'Hello! I am an automated assistant, not a person. What can I do for you?',
    help: 'I am an automated assistant. I know our opening hours and the state of an order. Everything else a person answers.',
    hours: 'We are open Monday to Friday, 9:00 to 17:00.',
    order: 'Which order? Please write its number, four digits. (A demonstration: any four digits will do.)',
    person: 'I am an automated assistant, and in this demonstration nobody is there to take over.',
    thanks: 'You are welcome!',
    unknown: 'I am an automated assistant and did not understand that. You can ask me about:',
    textOnly: 'I am an automated assistant and can read text only. Write "help" to see what I know.',
    orders: [
      'Order {number} is being packed and leaves our warehouse tomorrow.',
      'Order {number} is on its way and arrives tomorrow.',
      'Order {number} was delivered yesterday.',
    ],
    titles: { help: 'Help', hours: 'Opening hours', order: 'Where is my order?', person: 'Talk to a person' },
  },
  de: {
    hello: 'Guten Tag! Ich bin ein automatischer Assistent, kein Mensch. Was kann ich für Sie tun?',
    help: 'Ich bin ein automatischer Assistent. Ich kenne die Öffnungszeiten und den Stand einer Bestellung. Alles andere beantwortet ein Mensch.',
    hours: 'Wir haben Montag bis Freitag von 9 bis 17 Uhr geöffnet.',
    order:
      'Welche Bestellung? Bitte schreiben Sie die Nummer, vier Ziffern. (Eine Vorführung: vier beliebige genügen.)',
    person: 'Ich bin ein automatischer Assistent, und in dieser Vorführung ist niemand da, der übernehmen könnte.',
    thanks: 'Gern geschehen!',
    unknown: 'Ich bin ein automatischer Assistent und habe das nicht verstanden. Fragen Sie mich nach:',
    textOnly:
      'Ich bin ein automatischer Assistent und kann nur Text lesen. Schreiben Sie „Hilfe“, um zu sehen, was ich weiß.',
    orders: [
      'Bestellung {number} wird gepackt und geht morgen ab.',
      'Bestellung {number} ist unterwegs und kommt morgen an.',
      'Bestellung {number} wurde gestern zugestellt.',
    ],
    titles: { help: 'Hilfe', hours: 'Öffnungszeiten', order: 'Meine Bestellung', person: 'Mit einem Menschen' },
  },
};
