// What a reader sees instead of a page that is not there, or not there any more.
import { markup, page } from '#libs/platform';
import { languageOf, type Language } from './language.js';

type Missing = 'not-found' | 'gone';
type Texts = Readonly<Record<Missing, { readonly title: string; readonly text: string }>>;

const TEXTS: Readonly<Record<Language, Texts>> = {
  en: {
    'not-found': { title: 'There is no such page', text: 'Perhaps a part of the address is missing, or the page was there for a time only. The message that brought you here has the whole address.' },
    gone: { title: 'This page is no longer there', text: 'It could be opened for a limited time only. If you still need it, ask the business that you wrote to.' },
  },
  de: {
    'not-found': { title: 'Diese Seite gibt es nicht', text: 'Vielleicht fehlt ein Teil der Adresse, oder die Seite gab es nur für eine Weile. Die ganze Adresse steht in der Nachricht, die Sie hierher geführt hat.' },
    gone: { title: 'Diese Seite gibt es nicht mehr', text: 'Sie ließ sich nur für begrenzte Zeit öffnen. Wenn Sie sie noch brauchen, fragen Sie das Unternehmen, dem Sie geschrieben haben.' },
  },
  fr: {
    'not-found': { title: 'Cette page n’existe pas', text: 'Une partie de l’adresse manque peut-être, ou la page n’existait que pour un temps. L’adresse complète se trouve dans le message qui vous a conduit ici.' },
    gone: { title: 'Cette page n’existe plus', text: 'Elle ne pouvait être ouverte que pendant une durée limitée. Si vous en avez encore besoin, demandez-la à l’entreprise à laquelle vous avez écrit.' },
  },
  es: {
    'not-found': { title: 'Esta página no existe', text: 'Quizá falte una parte de la dirección, o la página solo existía por un tiempo. La dirección completa está en el mensaje que le trajo aquí.' },
    gone: { title: 'Esta página ya no existe', text: 'Solo se podía abrir durante un tiempo limitado. Si todavía la necesita, pídasela a la empresa a la que escribió.' },
  },
  it: {
    'not-found': { title: 'Questa pagina non esiste', text: 'Forse manca una parte dell’indirizzo, o la pagina esisteva solo per un certo tempo. L’indirizzo completo è nel messaggio che l’ha condotta qui.' },
    gone: { title: 'Questa pagina non esiste più', text: 'Si poteva aprire solo per un tempo limitato. Se le serve ancora, si rivolga all’azienda a cui ha scritto.' },
  },
  nl: {
    'not-found': { title: 'Deze pagina bestaat niet', text: 'Misschien ontbreekt een deel van het adres, of bestond de pagina maar een tijdje. Het volledige adres staat in het bericht dat u hierheen bracht.' },
    gone: { title: 'Deze pagina bestaat niet meer', text: 'Ze kon maar een beperkte tijd worden geopend. Als u haar nog nodig hebt, vraag het dan aan het bedrijf waaraan u hebt geschreven.' },
  },
  pl: {
    'not-found': { title: 'Nie ma takiej strony', text: 'Być może brakuje części adresu albo strona istniała tylko przez pewien czas. Cały adres jest w wiadomości, z której tu trafiasz.' },
    gone: { title: 'Tej strony już nie ma', text: 'Można ją było otworzyć tylko przez ograniczony czas. Jeśli nadal jej potrzebujesz, zapytaj firmę, do której napisano wiadomość.' },
  },
  pt: {
    'not-found': { title: 'Esta página não existe', text: 'Talvez falte uma parte do endereço, ou a página só existiu durante algum tempo. O endereço completo está na mensagem que o trouxe até aqui.' },
    gone: { title: 'Esta página já não existe', text: 'Só podia ser aberta durante um tempo limitado. Se ainda precisar dela, pergunte à empresa a que escreveu.' },
  },
}; // prettier-ignore

/** @param accepted an Accept-Language header */
export function missingPage(what: Missing, accepted: string | undefined): { language: Language; html: string } {
  const language = languageOf(accepted);
  const { title, text } = TEXTS[language][what];
  return { language, html: page({ language, title, main: markup`<section><p>${text}</p></section>` }) };
}
