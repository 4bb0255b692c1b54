// What people are told of their request in the chat in which they made it, by language.
import { day, LANGUAGES, type Language } from '../pages/language.js';
import { groundIn } from './grounds.js';

export type Occasion = 'copy-ready' | 'done' | 'refused' | 'extended' | 'lifted';

type Sentences = Readonly<Record<Language, string>>;

const SENTENCES: Readonly<Record<Occasion, Sentences>> = {
  'copy-ready': {
    en: 'The copy of your data is ready. It can be fetched once, within seven days, at {url}',
    de: 'Die Kopie Ihrer Daten ist bereit. Sie lässt sich einmal abholen, sieben Tage lang: {url}',
    fr: 'La copie de vos données est prête. Elle peut être récupérée une seule fois, dans les sept jours : {url}',
    es: 'La copia de sus datos está lista. Puede descargarse una vez, en los próximos siete días: {url}',
    it: 'La copia dei suoi dati è pronta. Si può scaricare una sola volta, entro sette giorni: {url}',
    nl: 'De kopie van uw gegevens staat klaar. U kunt haar één keer ophalen, binnen zeven dagen: {url}',
    pl: 'Kopia danych jest gotowa. Można ją pobrać jeden raz, w ciągu siedmiu dni: {url}',
    pt: 'A cópia dos seus dados está pronta. Pode ser descarregada uma única vez, no prazo de sete dias: {url}',
  },
  done: {
    en: 'Your request was carried out. More at {url}',
    de: 'Ihr Antrag wurde ausgeführt. Mehr unter {url}',
    fr: 'Votre demande a été exécutée. Détails : {url}',
    es: 'Su solicitud se ha ejecutado. Más en {url}',
    it: 'La sua richiesta è stata eseguita. Dettagli: {url}',
    nl: 'Uw verzoek is uitgevoerd. Meer op {url}',
    pl: 'Żądanie zostało wykonane. Więcej: {url}',
    pt: 'O seu pedido foi executado. Mais em {url}',
  },
  refused: {
    en: 'Your request was refused: {ground} ({term}). You may lodge a complaint with a supervisory authority or go to court. {url}',
    de: 'Ihr Antrag wurde abgelehnt: {ground} ({term}). Sie können sich bei einer Aufsichtsbehörde beschweren oder vor Gericht gehen. {url}',
    fr: 'Votre demande a été refusée : {ground} ({term}). Vous pouvez saisir une autorité de contrôle ou un tribunal. {url}',
    es: 'Su solicitud fue rechazada: {ground} ({term}). Puede reclamar ante una autoridad de control o un tribunal. {url}',
    it: 'La sua richiesta è stata respinta: {ground} ({term}). Può rivolgersi a un’autorità di controllo o a un giudice. {url}',
    nl: 'Uw verzoek is afgewezen: {ground} ({term}). U kunt een klacht indienen bij een toezichthouder of naar de rechter gaan. {url}',
    pl: 'Żądanie odrzucono: {ground} ({term}). Można wnieść skargę do organu nadzorczego lub do sądu. {url}',
    pt: 'O seu pedido foi recusado: {ground} ({term}). Pode apresentar queixa a uma autoridade de controlo ou recorrer a tribunal. {url}',
  },
  extended: {
    en: 'Your request takes longer, until {date} at the latest. The reason: {reason} {url}',
    de: 'Ihr Antrag braucht länger, spätestens bis {date}. Der Grund: {reason} {url}',
    fr: 'Votre demande prend plus de temps, jusqu’au {date} au plus tard. Motif : {reason} {url}',
    es: 'Su solicitud tardará más, hasta el {date} como máximo. El motivo: {reason} {url}',
    it: 'La sua richiesta richiede più tempo, al più tardi fino al {date}. Il motivo: {reason} {url}',
    nl: 'Uw verzoek duurt langer, uiterlijk tot {date}. De reden: {reason} {url}',
    pl: 'Rozpatrzenie żądania potrwa dłużej, najpóźniej do {date}. Powód: {reason} {url}',
    pt: 'O seu pedido demora mais, o mais tardar até {date}. O motivo: {reason} {url}',
  },
  lifted: {
    en: 'The restriction or objection that you asked for has ended: your messages are processed again. {url}',
    de: 'Die Einschränkung oder der Widerspruch, worum Sie gebeten hatten, ist beendet: Ihre Nachrichten werden wieder verarbeitet. {url}',
    fr: 'La limitation ou l’opposition que vous aviez demandée a pris fin : vos messages sont de nouveau traités. {url}',
    es: 'La limitación u oposición que pidió ha terminado: sus mensajes vuelven a tratarse. {url}',
    it: 'La limitazione o l’opposizione che aveva chiesto è terminata: i suoi messaggi sono di nuovo trattati. {url}',
    nl: 'De beperking of het bezwaar waarom u vroeg is beëindigd: uw berichten worden weer verwerkt. {url}',
    pl: 'Ograniczenie lub sprzeciw, o które Pan/Pani prosił(a), zakończono: wiadomości są znów przetwarzane. {url}',
    pt: 'A limitação ou oposição que pediu terminou: as suas mensagens voltam a ser tratadas. {url}',
  },
};

export interface Facts {
  readonly url: string;
  readonly justification?: string;
  readonly due?: Date;
  /** As the controller wrote it. */
  readonly reason?: string;
}

/** One sentence, in the language of the person, else in English. */
export function sentence(occasion: Occasion, { url, justification, due, reason }: Facts, tag: string | null): string {
  const wanted = tag?.toLowerCase().split('-')[0] ?? 'en';
  const language = LANGUAGES.find((one) => one === wanted) ?? 'en';
  const values: Readonly<Record<string, string>> = {
    url,
    reason: reason ?? '',
    term: justification ?? '',
    ground: justification === undefined ? '' : groundIn(justification, language),
    date: due ? day(language, due) : '',
  };
  return SENTENCES[occasion][language].replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '').trim();
}
