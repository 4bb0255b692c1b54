// The page of what is returned at the end of a contract: what only looks at addresses, like the preview of a link, takes nothing.
import { markup, page } from '#libs/platform';
import type { Kept } from '../ending/export-files.js';
import { day, type Language } from './language.js';

interface Texts {
  readonly title: string;
  readonly text: (until: string) => string;
  readonly button: string;
}

const TEXTS: Readonly<Record<Language, Texts>> = {
  en: { title: 'What is returned at the end of the contract', text: (until) => `It waits until ${until}, and for an hour after it was downloaded whole.`, button: 'Download' },
  de: { title: 'Was am Ende des Vertrags zurückgegeben wird', text: (until) => `Es liegt bis ${until} bereit, und noch eine Stunde, nachdem es ganz heruntergeladen wurde.`, button: 'Herunterladen' },
  fr: { title: 'Ce qui est restitué à la fin du contrat', text: (until) => `Disponible jusqu’au ${until}, et une heure encore après un téléchargement complet.`, button: 'Télécharger' },
  es: { title: 'Lo que se devuelve al final del contrato', text: (until) => `Disponible hasta el ${until}, y una hora más tras descargarlo por completo.`, button: 'Descargar' },
}; // prettier-ignore

export function exportPage({ until, bytes, sha256 }: Kept, language: Language): string {
  const { title, text, button } = TEXTS[language];
  return page({
    language,
    title,
    main: markup`<section><p>${text(day(language, until))}</p>
<form method="post"><button class="button" type="submit">${button}</button></form>
<p>${bytes} B, SHA-256 ${sha256}</p></section>`,
  });
}
