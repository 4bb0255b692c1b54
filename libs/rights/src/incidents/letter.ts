// A letter to the persons concerned (Art. 34(2)), as a template: the controller decides whether it is sent, and fills in what is in braces.
import type { InForce } from '#libs/instructions';
import type { BreachNotice } from './notice.js';

interface Words {
  readonly subject: string;
  readonly body: (about: { controller: string; contact: string; categories: string; from: string; to: string }) => string;
  readonly categories: Readonly<Record<string, string>>;
} // prettier-ignore

const WORDS: Readonly<Record<string, Words>> = {
  en: {
    subject: 'Your personal data: what happened, and what you can do',
    categories: {
      routing: 'your user name or number and when you wrote', content: 'what you and we wrote', attachments: 'files that you sent',
      profile: 'your name, language and what else stands in your profile', network: 'your connection to the network',
      device: 'your device', derived: 'what was derived from it', 'consent-record': 'what you agreed to or objected to',
    },
    body: ({ controller, contact, categories, from, to }) => `Dear {name},

between ${from} and ${to} somebody may have had access to data that you gave ${controller} in a chat: ${categories}.

What this may mean for you: {likely consequences}
What we have done: {measures}
What you can do: {advice, for example: be wary of messages that mention the conversation}

You can ask us anything about it: ${contact}.

${controller}`,
  },
  de: {
    subject: 'Ihre personenbezogenen Daten: was geschehen ist und was Sie tun können',
    categories: {
      routing: 'Ihr Nutzername oder Ihre Nummer und wann Sie geschrieben haben', content: 'was Sie und wir geschrieben haben',
      attachments: 'Dateien, die Sie gesendet haben', profile: 'Ihr Name, Ihre Sprache und was sonst in Ihrem Profil steht',
      network: 'Ihr Netzanschluss', device: 'Ihr Gerät', derived: 'was daraus abgeleitet wurde', 'consent-record': 'worin Sie eingewilligt oder wem Sie widersprochen haben',
    },
    body: ({ controller, contact, categories, from, to }) => `Guten Tag {name},

zwischen ${from} und ${to} hatte möglicherweise jemand Zugang zu Daten, die Sie ${controller} in einem Chat gegeben haben: ${categories}.

Was das für Sie bedeuten kann: {wahrscheinliche Folgen}
Was wir getan haben: {Maßnahmen}
Was Sie tun können: {Rat, zum Beispiel: seien Sie vorsichtig bei Nachrichten, die das Gespräch erwähnen}

Bei Fragen erreichen Sie uns unter ${contact}.

${controller}`,
  },
}; // prettier-ignore

export interface Letter {
  readonly language: string;
  readonly subject: string;
  readonly body: string;
}

export function lettersOf(notice: BreachNotice, inForce: InForce | null): Letter[] {
  const parties = inForce?.document.parties;
  return Object.entries(WORDS).map(([language, { subject, body, categories }]) => ({
    language,
    subject,
    body: body({
      controller: parties?.controller.name ?? '{controller}',
      contact: parties?.dpo?.contact ?? parties?.controller.contact ?? '{contact}',
      categories: Object.keys(notice.categories).map((one) => categories[one] ?? one).join(', ') || '{categories}',
      from: notice.window.from,
      to: notice.window.to,
    }),
  })); // prettier-ignore
}
