// Grounds of a refusal in words for the person (Art. 12(4)), by what they have in common; beside them stands the term itself.

type Words = Readonly<Record<string, string>>;

const UNFOUNDED: Words = {
  en: 'the request is manifestly unfounded or excessive', de: 'der Antrag ist offenkundig unbegründet oder exzessiv',
  fr: 'la demande est manifestement infondée ou excessive', es: 'la solicitud es manifiestamente infundada o excesiva',
  it: 'la richiesta è manifestamente infondata o eccessiva', nl: 'het verzoek is kennelijk ongegrond of buitensporig',
  pl: 'żądanie jest ewidentnie nieuzasadnione lub nadmierne', pt: 'o pedido é manifestamente infundado ou excessivo',
}; // prettier-ignore
const IDENTITY: Words = {
  en: 'we could not make sure that the request is yours', de: 'wir konnten nicht feststellen, dass der Antrag von Ihnen kommt',
  fr: 'nous n’avons pas pu établir que la demande vient de vous', es: 'no hemos podido comprobar que la solicitud es suya',
  it: 'non abbiamo potuto accertare che la richiesta sia sua', nl: 'we konden niet vaststellen dat het verzoek van u komt',
  pl: 'nie udało się ustalić, że żądanie pochodzi od Pana/Pani', pt: 'não foi possível confirmar que o pedido é seu',
}; // prettier-ignore
const CLAIMS: Words = {
  en: 'the data is needed for legal claims', de: 'die Daten werden für Rechtsansprüche gebraucht',
  fr: 'les données sont nécessaires à la défense de droits en justice', es: 'los datos son necesarios para reclamaciones legales',
  it: 'i dati servono per far valere diritti in giudizio', nl: 'de gegevens zijn nodig voor een rechtsvordering',
  pl: 'dane są potrzebne do dochodzenia roszczeń', pt: 'os dados são necessários para um processo judicial',
}; // prettier-ignore
const LAW: Words = {
  en: 'the law requires that the data is kept', de: 'das Gesetz verlangt, dass die Daten aufbewahrt werden',
  fr: 'la loi impose de conserver les données', es: 'la ley obliga a conservar los datos',
  it: 'la legge impone di conservare i dati', nl: 'de wet verplicht ons de gegevens te bewaren',
  pl: 'prawo wymaga przechowywania tych danych', pt: 'a lei obriga a conservar os dados',
}; // prettier-ignore
const PUBLIC: Words = {
  en: 'the data is needed in the public interest', de: 'die Daten werden im öffentlichen Interesse gebraucht',
  fr: 'les données sont nécessaires dans l’intérêt public', es: 'los datos son necesarios en interés público',
  it: 'i dati servono nel pubblico interesse', nl: 'de gegevens zijn nodig in het algemeen belang',
  pl: 'dane są potrzebne w interesie publicznym', pt: 'os dados são necessários no interesse público',
}; // prettier-ignore
const OTHERS: Words = {
  en: 'the rights and freedoms of others stand against it', de: 'Rechte und Freiheiten anderer stehen entgegen',
  fr: 'les droits et libertés d’autrui s’y opposent', es: 'se oponen derechos y libertades de otras personas',
  it: 'vi si oppongono diritti e libertà altrui', nl: 'rechten en vrijheden van anderen verzetten zich ertegen',
  pl: 'sprzeciwiają się temu prawa i wolności innych osób', pt: 'opõem-se direitos e liberdades de terceiros',
}; // prettier-ignore
const COMPELLING: Words = {
  en: 'there are compelling legitimate grounds for the processing', de: 'für die Verarbeitung gibt es zwingende schutzwürdige Gründe',
  fr: 'il existe des motifs légitimes et impérieux', es: 'existen motivos legítimos imperiosos',
  it: 'vi sono motivi legittimi cogenti', nl: 'er zijn dwingende gerechtvaardigde gronden',
  pl: 'istnieją ważne prawnie uzasadnione podstawy', pt: 'existem razões imperiosas e legítimas',
}; // prettier-ignore

const OF: Readonly<Record<string, Words>> = {
  JustificationA12ManifestlyUnfounded: UNFOUNDED,
  JustificationA12LackOfIntent: UNFOUNDED,
  JustificationA12MaliciousIntent: UNFOUNDED,
  JustificationA12ManifestlyExcessive: UNFOUNDED,
  JustificationA12IdentityFailure: IDENTITY,
  JustificationA17FreedomOfExpression: OTHERS,
  JustificationA17LegallyRequired: LAW,
  JustificationA17OfficialAuthority: PUBLIC,
  JustificationA17PublicInterest: PUBLIC,
  JustificationA17PublicHealth: PUBLIC,
  JustificationA17Archiving: PUBLIC,
  JustificationA17LegalClaims: CLAIMS,
  A15RightsOfOthers: OTHERS,
  A20RightsOfOthers: OTHERS,
  A21CompellingGrounds: COMPELLING,
};

/** In the person's language, else in English. */
export const groundIn = (justification: string, language: string): string => {
  const words = OF[justification];
  return words?.[language] ?? words?.['en'] ?? justification;
};
