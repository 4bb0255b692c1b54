// The page of what is returned at the end of a contract: what only looks at addresses, like the preview of a link, takes nothing.
import { markup, page } from '#libs/platform';
import type { Kept } from '../ending/export-files.js';
import { day, type Language } from './language.js';
import { bytesIn } from './plain.js';

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
  it: { title: 'Ciò che viene restituito alla fine del contratto', text: (until) => `Disponibile fino al ${until}, e ancora per un’ora dopo che è stato scaricato per intero.`, button: 'Scarica' },
  nl: { title: 'Wat aan het einde van de overeenkomst wordt teruggegeven', text: (until) => `Het staat klaar tot ${until}, en nog een uur nadat het volledig is gedownload.`, button: 'Downloaden' },
  pl: { title: 'Co jest zwracane na koniec umowy', text: (until) => `Dostępne do ${until} i jeszcze przez godzinę po pobraniu w całości.`, button: 'Pobierz' },
  pt: { title: 'O que é devolvido no fim do contrato', text: (until) => `Disponível até ${until}, e ainda durante uma hora depois de descarregado por completo.`, button: 'Descarregar' },
}; // prettier-ignore

export function exportPage({ until, bytes, sha256 }: Kept, language: Language): string {
  const { title, text, button } = TEXTS[language];
  return page({
    language,
    title,
    main: markup`<section><p>${text(day(language, until))}</p>
<form method="post"><button class="button" type="submit">${button}</button></form>
<p>${bytesIn(language, bytes)}, SHA-256 ${sha256}</p></section>`,
  });
}
