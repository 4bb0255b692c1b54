// What people are told who write of special categories or offences where that is not instructed, unless the document has a text of its own.
import { createHash } from 'node:crypto';
import type { CompiledInstructions, FilledText } from '../decision.js';
import { notice } from '../texts.js';
import type { CompiledSensitive, SensitiveSection } from './special.js';

type Sentences = Readonly<Record<string, string>>;

const REMOVED: Readonly<Record<SensitiveSection, Sentences>> = {
  specialCategories: {
    en: 'Please write nothing here about health, religion, politics, trade unions, origin, sexuality or genetic and biometric data. We have removed such words from your message: they are neither kept nor passed on.',
    de: 'Bitte schreiben Sie hier nichts über Gesundheit, Religion, Politik, Gewerkschaft, Herkunft, Sexualität oder genetische und biometrische Daten. Wir haben solche Wörter aus Ihrer Nachricht entfernt: Sie werden weder gespeichert noch weitergegeben.',
    fr: 'Merci de ne rien écrire ici sur la santé, la religion, la politique, les syndicats, les origines, la sexualité ou des données génétiques et biométriques. Nous avons retiré ces mots de votre message : ils ne sont ni conservés ni transmis.',
    es: 'Por favor, no escriba aquí sobre salud, religión, política, sindicatos, origen, sexualidad o datos genéticos y biométricos. Hemos quitado esas palabras de su mensaje: no se guardan ni se transmiten.',
    it: 'La preghiamo di non scrivere qui di salute, religione, politica, sindacati, origine, sessualità o dati genetici e biometrici. Abbiamo tolto queste parole dal suo messaggio: non vengono conservate né trasmesse.',
    nl: 'Schrijf hier alstublieft niets over gezondheid, geloof, politiek, vakbonden, afkomst, seksualiteit of genetische en biometrische gegevens. We hebben zulke woorden uit uw bericht verwijderd: ze worden niet bewaard en niet doorgegeven.',
    pl: 'Prosimy nie pisać tutaj o zdrowiu, religii, polityce, związkach zawodowych, pochodzeniu, seksualności ani danych genetycznych i biometrycznych. Usunęliśmy takie słowa z wiadomości: nie są przechowywane ani przekazywane.',
    pt: 'Por favor, não escreva aqui sobre saúde, religião, política, sindicatos, origem, sexualidade ou dados genéticos e biométricos. Retirámos essas palavras da sua mensagem: não são guardadas nem transmitidas.',
  },
  criminalData: {
    en: 'Please write nothing here about criminal offences or convictions. We have removed such words from your message: they are neither kept nor passed on.',
    de: 'Bitte schreiben Sie hier nichts über Straftaten oder Verurteilungen. Wir haben solche Wörter aus Ihrer Nachricht entfernt: Sie werden weder gespeichert noch weitergegeben.',
    fr: 'Merci de ne rien écrire ici sur des infractions ou des condamnations. Nous avons retiré ces mots de votre message : ils ne sont ni conservés ni transmis.',
    es: 'Por favor, no escriba aquí sobre delitos o condenas. Hemos quitado esas palabras de su mensaje: no se guardan ni se transmiten.',
    it: 'La preghiamo di non scrivere qui di reati o condanne. Abbiamo tolto queste parole dal suo messaggio: non vengono conservate né trasmesse.',
    nl: 'Schrijf hier alstublieft niets over strafbare feiten of veroordelingen. We hebben zulke woorden uit uw bericht verwijderd: ze worden niet bewaard en niet doorgegeven.',
    pl: 'Prosimy nie pisać tutaj o przestępstwach ani wyrokach. Usunęliśmy takie słowa z wiadomości: nie są przechowywane ani przekazywane.',
    pt: 'Por favor, não escreva aqui sobre crimes ou condenações. Retirámos essas palavras da sua mensagem: não são guardadas nem transmitidas.',
  },
};

const WARNED: Sentences = {
  en: 'Your message seems to touch on something very personal. Please write only what is needed for your request.',
  de: 'Ihre Nachricht berührt offenbar etwas sehr Persönliches. Bitte schreiben Sie nur, was für Ihr Anliegen nötig ist.',
  fr: 'Votre message semble toucher à quelque chose de très personnel. Merci de n’écrire que ce qui est nécessaire à votre demande.',
  es: 'Su mensaje parece tratar de algo muy personal. Por favor, escriba solo lo necesario para su consulta.',
  it: 'Il suo messaggio sembra riguardare qualcosa di molto personale. La preghiamo di scrivere solo ciò che serve alla sua richiesta.',
  nl: 'Uw bericht lijkt over iets heel persoonlijks te gaan. Schrijf alstublieft alleen wat nodig is voor uw vraag.',
  pl: 'Wiadomość wydaje się dotyczyć czegoś bardzo osobistego. Prosimy pisać tylko to, co jest potrzebne w tej sprawie.',
  pt: 'A sua mensagem parece tratar de algo muito pessoal. Por favor, escreva apenas o necessário para o seu pedido.',
};

function builtIn(sentences: Sentences, language: string | null, clause: string): FilledText {
  const base = language?.toLowerCase().split('-')[0] ?? 'en';
  const found = Object.hasOwn(sentences, base) ? base : 'en';
  const body = sentences[found]!;
  return { language: found, body, hash: createHash('sha256').update(body).digest('hex'), clause };
}

/** The document's text, else ours; where such data is allowed, only a text of the document. */
export function sensitiveTold(
  compiled: CompiledInstructions,
  { section, mode, text, clause }: CompiledSensitive,
  language: string | null,
): FilledText | null {
  const own = text === null ? null : notice(compiled, text, language);
  if (own || mode === 'allow') return own;
  return builtIn(mode === 'forbid' ? REMOVED[section] : WARNED, language, clause);
}
