// What a reader sees instead of a page that is not there, or not there any more.
import { markup, page } from '#libs/platform';
import { languageOf } from './language.js';

type Missing = 'not-found' | 'gone';
type Texts = Readonly<Record<Missing, { readonly title: string; readonly text: string }>>;

const TEXTS: Readonly<Record<string, Texts>> = {
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
}; // prettier-ignore

/** @param accepted an Accept-Language header */
export function missingPage(what: Missing, accepted: string | undefined): { language: string; html: string } {
  const language = languageOf(accepted, TEXTS);
  const { title, text } = TEXTS[language]![what];
  return { language, html: page({ language, title, main: markup`<section><p>${text}</p></section>` }) };
}
