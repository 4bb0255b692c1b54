// What the page of a consent receipt says, by language.
import type { ConsentState } from '#libs/instructions';
import type { Language } from './language.js';

export interface ReceiptTexts {
  readonly title: string;
  readonly purpose: string;
  readonly controller: string;
  readonly address: string;
  readonly authority: string;
  readonly basis: string;
  readonly processor: string;
  readonly recipients: string;
  readonly storedIn: string;
  readonly notStated: string;
  readonly keptFor: string;
  readonly wording: string;
  readonly history: string;
  readonly when: string;
  readonly what: string;
  readonly signature: string;
  readonly withdraw: string;
  /** What brought it where no message did. */
  readonly sources: Readonly<Record<'platform' | 'request', string>>;
  readonly states: Readonly<Record<ConsentState, string>>;
}

export const RECEIPT_TEXTS: Readonly<Record<Language, ReceiptTexts>> = {
  en: {
    title: 'Receipt for your consent', purpose: 'What it is about', controller: 'Who is responsible', processor: 'Kept on its behalf by',
    wording: 'The text you were shown', history: 'What happened', when: 'When', what: 'What', signature: 'Signed by key',
    withdraw: 'You can withdraw consent at any time: write STOP in the conversation.',
    address: 'Address', authority: 'Supervisory authority', basis: 'Legal basis', recipients: 'Who receives it', storedIn: 'Where it is stored', notStated: 'not stated', keptFor: 'How long it is kept',
    sources: { platform: 'reported by the platform', request: 'asked for in a request' },
    states: {
      unknown: 'You were not asked.', requested: 'You were asked.', given: 'You agreed.', renewed: 'You agreed anew.', refused: 'You refused.',
      withdrawn: 'You withdrew your consent.', expired: 'Your consent ended with its time.', invalidated: 'Your consent no longer counts: what you agreed to has changed, or you are not of the age for it.',
    },
  },
  de: {
    title: 'Beleg über Ihre Einwilligung', purpose: 'Worum es geht', controller: 'Wer verantwortlich ist', processor: 'In dessen Auftrag geführt von',
    wording: 'Der Text, den Sie sahen', history: 'Was geschah', when: 'Wann', what: 'Was', signature: 'Unterschrieben mit Schlüssel',
    withdraw: 'Sie können jederzeit widerrufen: Schreiben Sie STOPP in die Unterhaltung.',
    address: 'Anschrift', authority: 'Aufsichtsbehörde', basis: 'Rechtsgrundlage', recipients: 'Wer es erhält', storedIn: 'Wo es gespeichert ist', notStated: 'nicht angegeben', keptFor: 'Wie lange es bleibt',
    sources: { platform: 'von der Plattform gemeldet', request: 'durch einen Antrag verlangt' },
    states: {
      unknown: 'Sie wurden nicht gefragt.', requested: 'Sie wurden gefragt.', given: 'Sie haben eingewilligt.', renewed: 'Sie haben erneut eingewilligt.', refused: 'Sie haben abgelehnt.',
      withdrawn: 'Sie haben Ihre Einwilligung widerrufen.', expired: 'Ihre Einwilligung ist abgelaufen.', invalidated: 'Ihre Einwilligung gilt nicht mehr: Was Sie erlaubt hatten, hat sich geändert, oder Sie sind noch nicht alt genug dafür.',
    },
  },
  fr: {
    title: 'Reçu de votre consentement', purpose: 'De quoi il s’agit', controller: 'Qui est responsable', processor: 'Conservé pour son compte par',
    wording: 'Le texte que vous avez vu', history: 'Ce qui s’est passé', when: 'Quand', what: 'Quoi', signature: 'Signé avec la clé',
    withdraw: 'Vous pouvez retirer votre consentement à tout moment : écrivez STOP dans la conversation.',
    address: 'Adresse', authority: 'Autorité de contrôle', basis: 'Base juridique', recipients: 'Qui les reçoit', storedIn: 'Où elles sont conservées', notStated: 'non indiqué', keptFor: 'Combien de temps',
    sources: { platform: 'signalé par la plateforme', request: 'demandé par une requête' },
    states: {
      unknown: 'La question ne vous a pas été posée.', requested: 'La question vous a été posée.', given: 'Vous avez accepté.', renewed: 'Vous avez accepté à nouveau.', refused: 'Vous avez refusé.',
      withdrawn: 'Vous avez retiré votre consentement.', expired: 'Votre consentement a expiré.', invalidated: 'Votre consentement ne vaut plus : ce que vous aviez accepté a changé, ou vous n’en avez pas l’âge.',
    },
  },
  es: {
    title: 'Comprobante de su consentimiento', purpose: 'De qué se trata', controller: 'Quién es responsable', processor: 'Conservado por cuenta suya por',
    wording: 'El texto que vio', history: 'Qué ocurrió', when: 'Cuándo', what: 'Qué', signature: 'Firmado con la clave',
    withdraw: 'Puede retirar el consentimiento cuando quiera: escriba BAJA en la conversación.',
    address: 'Dirección', authority: 'Autoridad de control', basis: 'Base jurídica', recipients: 'Quién los recibe', storedIn: 'Dónde se guardan', notStated: 'no se indica', keptFor: 'Cuánto tiempo',
    sources: { platform: 'comunicado por la plataforma', request: 'pedido en una solicitud' },
    states: {
      unknown: 'No se le preguntó.', requested: 'Se le preguntó.', given: 'Usted aceptó.', renewed: 'Usted aceptó de nuevo.', refused: 'Usted no aceptó.',
      withdrawn: 'Usted retiró su consentimiento.', expired: 'Su consentimiento ha caducado.', invalidated: 'Su consentimiento ya no vale: ha cambiado lo que aceptó, o no tiene edad para darlo.',
    },
  },
  it: {
    title: 'Ricevuta del suo consenso', purpose: 'Di che cosa si tratta', controller: 'Chi è responsabile', processor: 'Conservata per suo conto da',
    wording: 'Il testo che ha visto', history: 'Che cosa è successo', when: 'Quando', what: 'Che cosa', signature: 'Firmata con la chiave',
    withdraw: 'Può revocare il consenso in ogni momento: scriva STOP nella conversazione.',
    address: 'Indirizzo', authority: 'Autorità di controllo', basis: 'Base giuridica', recipients: 'Chi li riceve', storedIn: 'Dove sono conservati', notStated: 'non indicato', keptFor: 'Per quanto tempo',
    sources: { platform: 'comunicato dalla piattaforma', request: 'chiesto con una richiesta' },
    states: {
      unknown: 'Non le è stato chiesto.', requested: 'Le è stato chiesto.', given: 'Ha acconsentito.', renewed: 'Ha acconsentito di nuovo.', refused: 'Ha rifiutato.',
      withdrawn: 'Ha revocato il consenso.', expired: 'Il suo consenso è scaduto.', invalidated: 'Il suo consenso non vale più: è cambiato ciò a cui aveva acconsentito, o lei non ha l’età per darlo.',
    },
  },
  nl: {
    title: 'Ontvangstbewijs van uw toestemming', purpose: 'Waar het om gaat', controller: 'Wie verantwoordelijk is', processor: 'Namens deze bewaard door',
    wording: 'De tekst die u zag', history: 'Wat er gebeurde', when: 'Wanneer', what: 'Wat', signature: 'Ondertekend met sleutel',
    withdraw: 'U kunt uw toestemming altijd intrekken: schrijf STOP in het gesprek.',
    address: 'Adres', authority: 'Toezichthoudende autoriteit', basis: 'Rechtsgrond', recipients: 'Wie het ontvangt', storedIn: 'Waar het wordt bewaard', notStated: 'niet opgegeven', keptFor: 'Hoe lang het wordt bewaard',
    sources: { platform: 'gemeld door het platform', request: 'gevraagd in een verzoek' },
    states: {
      unknown: 'U bent niet gevraagd.', requested: 'U bent gevraagd.', given: 'U hebt toegestemd.', renewed: 'U hebt opnieuw toegestemd.', refused: 'U hebt geweigerd.',
      withdrawn: 'U hebt uw toestemming ingetrokken.', expired: 'Uw toestemming is verlopen.', invalidated: 'Uw toestemming geldt niet meer: waarmee u instemde is veranderd, of u bent er nog niet oud genoeg voor.',
    },
  },
  pl: {
    title: 'Potwierdzenie zgody', purpose: 'Czego dotyczy', controller: 'Kto odpowiada', processor: 'W jego imieniu przechowuje',
    wording: 'Tekst, który został pokazany', history: 'Co się wydarzyło', when: 'Kiedy', what: 'Co', signature: 'Podpisano kluczem',
    withdraw: 'Zgodę można wycofać w każdej chwili: wystarczy napisać STOP w rozmowie.',
    address: 'Adres', authority: 'Organ nadzorczy', basis: 'Podstawa prawna', recipients: 'Kto je otrzymuje', storedIn: 'Gdzie są przechowywane', notStated: 'nie podano', keptFor: 'Jak długo',
    sources: { platform: 'zgłoszone przez platformę', request: 'na podstawie wniosku' },
    states: {
      unknown: 'Nie zadano pytania.', requested: 'Zadano pytanie.', given: 'Wyrażono zgodę.', renewed: 'Ponownie wyrażono zgodę.', refused: 'Odmówiono zgody.',
      withdrawn: 'Zgoda została wycofana.', expired: 'Zgoda wygasła.', invalidated: 'Zgoda już nie obowiązuje: zmieniło się to, czego dotyczyła, albo nie osiągnięto wieku, w którym można jej udzielić.',
    },
  },
  pt: {
    title: 'Recibo do seu consentimento', purpose: 'De que se trata', controller: 'Quem é responsável', processor: 'Guardado por sua conta por',
    wording: 'O texto que viu', history: 'O que aconteceu', when: 'Quando', what: 'O quê', signature: 'Assinado com a chave',
    withdraw: 'Pode retirar o consentimento a qualquer momento: escreva PARAR na conversa.',
    address: 'Endereço', authority: 'Autoridade de controlo', basis: 'Fundamento jurídico', recipients: 'Quem os recebe', storedIn: 'Onde são guardados', notStated: 'não indicado', keptFor: 'Durante quanto tempo',
    sources: { platform: 'comunicado pela plataforma', request: 'pedido num requerimento' },
    states: {
      unknown: 'Não lhe foi perguntado.', requested: 'Foi-lhe perguntado.', given: 'Aceitou.', renewed: 'Aceitou de novo.', refused: 'Recusou.',
      withdrawn: 'Retirou o seu consentimento.', expired: 'O seu consentimento expirou.', invalidated: 'O seu consentimento já não vale: mudou aquilo que aceitou, ou não tem idade para o dar.',
    },
  },
}; // prettier-ignore
