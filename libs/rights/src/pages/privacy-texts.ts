// What the privacy page says by itself; everything else on it is the document's. The words to write are of `WORDS`.
import type { Category } from '#libs/kernel';
import type { Language } from './language.js';

export interface PrivacyTexts {
  readonly title: string;
  readonly lead: (controller: string) => string;
  readonly who: string;
  readonly controller: string;
  readonly address: string;
  readonly contact: string;
  readonly dpo: string;
  readonly authority: string;
  readonly purposes: string;
  readonly purpose: string;
  readonly basis: string;
  readonly data: string;
  readonly kept: string;
  readonly channel: string;
  readonly identifiers: string;
  readonly nothing: string;
  readonly recipients: string;
  readonly recipient: string;
  readonly country: string;
  readonly transfer: string;
  readonly retention: string;
  readonly period: string;
  readonly afterwards: string;
  readonly rights: string;
  readonly rightsText: string;
  readonly machine: string;
  readonly machineText: string;
  readonly version: string;
  readonly categories: Readonly<Record<Category, string>>;
  readonly ends: Readonly<Record<string, string>>;
}

export const PRIVACY_TEXTS: Readonly<Record<Language, PrivacyTexts>> = {
  en: {
    title: 'How your messages are processed', lead: (who) => `What ${who} does with what you write, and what you can do about it.`,
    who: 'Who is responsible', controller: 'Controller', address: 'Address', contact: 'Contact', dpo: 'Data protection officer', authority: 'Supervisory authority',
    purposes: 'What for', purpose: 'Purpose', basis: 'Legal basis', data: 'Data',
    kept: 'What is kept of each channel', channel: 'Channel', identifiers: 'Identifiers', nothing: 'none',
    recipients: 'Who receives it', recipient: 'Recipient', country: 'Country', transfer: 'Transfer on the basis of',
    retention: 'How long', period: 'Period', afterwards: 'After',
    rights: 'Your rights', rightsText: 'Write "my data" for a copy, "delete my data" for erasure, STOP to hear no more and withdraw consent, WHO for the notice again, in the conversation itself. You may also write to the contact above, object, ask for correction or restriction, and complain to a supervisory authority.',
    machine: 'Automated answers', machineText: 'An automated assistant (AI) answers. Whatever the lists below do not name is dropped before anything is stored.',
    version: 'Version of the instructions',
    categories: { routing: 'how you are recognised and answered', profile: 'your profile', content: 'what you write', attachments: 'what you send along', network: 'your connection', device: 'your device', 'consent-record': 'your consents', derived: 'what is derived from it' },
    ends: { erase: 'deleted', aggregate: 'counted, then deleted' },
  },
  de: {
    title: 'Wie Ihre Nachrichten verarbeitet werden', lead: (who) => `Was ${who} mit dem tut, was Sie schreiben, und was Sie dagegen tun können.`,
    who: 'Wer verantwortlich ist', controller: 'Verantwortlicher', address: 'Anschrift', contact: 'Kontakt', dpo: 'Datenschutzbeauftragte', authority: 'Aufsichtsbehörde',
    purposes: 'Wofür', purpose: 'Zweck', basis: 'Rechtsgrundlage', data: 'Daten',
    kept: 'Was je Kanal behalten wird', channel: 'Kanal', identifiers: 'Kennungen', nothing: 'keine',
    recipients: 'Wer es erhält', recipient: 'Empfänger', country: 'Land', transfer: 'Übermittlung auf Grundlage von',
    retention: 'Wie lange', period: 'Frist', afterwards: 'Danach',
    rights: 'Ihre Rechte', rightsText: 'Schreiben Sie in der Unterhaltung „meine Daten“ für eine Kopie, „meine Daten löschen“ für die Löschung, STOPP, um nichts mehr zu hören und die Einwilligung zu widerrufen, WER für den Hinweis. Sie können auch an den Kontakt schreiben, widersprechen, Berichtigung oder Einschränkung verlangen und sich bei einer Aufsichtsbehörde beschweren.',
    machine: 'Automatische Antworten', machineText: 'Es antwortet ein automatischer Assistent (KI). Was die Listen unten nicht nennen, wird verworfen, bevor irgendetwas gespeichert wird.',
    version: 'Fassung der Weisungen',
    categories: { routing: 'woran man Sie erkennt und wohin man antwortet', profile: 'Ihr Profil', content: 'was Sie schreiben', attachments: 'was Sie mitschicken', network: 'Ihr Anschluss', device: 'Ihr Gerät', 'consent-record': 'Ihre Einwilligungen', derived: 'was daraus abgeleitet wird' },
    ends: { erase: 'gelöscht', aggregate: 'gezählt, dann gelöscht' },
  },
  fr: {
    title: 'Comment vos messages sont traités', lead: (who) => `Ce que ${who} fait de ce que vous écrivez, et ce que vous pouvez faire.`,
    who: 'Qui est responsable', controller: 'Responsable du traitement', address: 'Adresse', contact: 'Contact', dpo: 'Délégué à la protection des données', authority: 'Autorité de contrôle',
    purposes: 'Pourquoi', purpose: 'Finalité', basis: 'Base juridique', data: 'Données',
    kept: 'Ce qui est conservé par canal', channel: 'Canal', identifiers: 'Identifiants', nothing: 'aucun',
    recipients: 'Qui les reçoit', recipient: 'Destinataire', country: 'Pays', transfer: 'Transfert fondé sur',
    retention: 'Combien de temps', period: 'Durée', afterwards: 'Ensuite',
    rights: 'Vos droits', rightsText: 'Écrivez dans la conversation « mes données » pour une copie, « supprimez mes données » pour l’effacement, STOP pour ne plus rien recevoir et retirer votre consentement, QUI pour revoir l’information. Vous pouvez aussi écrire au contact ci-dessus, vous opposer, demander une rectification ou une limitation, et saisir une autorité de contrôle.',
    machine: 'Réponses automatiques', machineText: 'Un assistant automatique (IA) répond. Ce que les listes ci-dessous ne nomment pas est écarté avant tout enregistrement.',
    version: 'Version des instructions',
    categories: { routing: 'comment vous reconnaître et vous répondre', profile: 'votre profil', content: 'ce que vous écrivez', attachments: 'ce que vous joignez', network: 'votre connexion', device: 'votre appareil', 'consent-record': 'vos consentements', derived: 'ce qui en est déduit' },
    ends: { erase: 'effacées', aggregate: 'comptées, puis effacées' },
  },
  es: {
    title: 'Cómo se tratan sus mensajes', lead: (who) => `Qué hace ${who} con lo que usted escribe, y qué puede hacer usted.`,
    who: 'Quién es responsable', controller: 'Responsable del tratamiento', address: 'Dirección', contact: 'Contacto', dpo: 'Delegado de protección de datos', authority: 'Autoridad de control',
    purposes: 'Para qué', purpose: 'Finalidad', basis: 'Base jurídica', data: 'Datos',
    kept: 'Qué se conserva de cada canal', channel: 'Canal', identifiers: 'Identificadores', nothing: 'ninguno',
    recipients: 'Quién los recibe', recipient: 'Destinatario', country: 'País', transfer: 'Transferencia en virtud de',
    retention: 'Cuánto tiempo', period: 'Plazo', afterwards: 'Después',
    rights: 'Sus derechos', rightsText: 'Escriba en la conversación «mis datos» para una copia, «borrar mis datos» para la supresión, STOP para no recibir nada más y retirar el consentimiento, QUIEN para ver de nuevo la información. También puede escribir al contacto de arriba, oponerse, pedir rectificación o limitación y reclamar ante una autoridad de control.',
    machine: 'Respuestas automáticas', machineText: 'Responde un asistente automático (IA). Lo que no figura en las listas de abajo se descarta antes de guardar nada.',
    version: 'Versión de las instrucciones',
    categories: { routing: 'cómo se le reconoce y se le responde', profile: 'su perfil', content: 'lo que usted escribe', attachments: 'lo que usted adjunta', network: 'su conexión', device: 'su dispositivo', 'consent-record': 'sus consentimientos', derived: 'lo que se deduce de ello' },
    ends: { erase: 'se borran', aggregate: 'se cuentan y se borran' },
  },
  it: {
    title: 'Come vengono trattati i suoi messaggi', lead: (who) => `Che cosa fa ${who} con ciò che lei scrive, e che cosa può fare lei.`,
    who: 'Chi è responsabile', controller: 'Titolare del trattamento', address: 'Indirizzo', contact: 'Contatto', dpo: 'Responsabile della protezione dei dati', authority: 'Autorità di controllo',
    purposes: 'Perché', purpose: 'Finalità', basis: 'Base giuridica', data: 'Dati',
    kept: 'Che cosa si conserva di ogni canale', channel: 'Canale', identifiers: 'Identificativi', nothing: 'nessuno',
    recipients: 'Chi li riceve', recipient: 'Destinatario', country: 'Paese', transfer: 'Trasferimento in base a',
    retention: 'Per quanto tempo', period: 'Periodo', afterwards: 'Poi',
    rights: 'I suoi diritti', rightsText: 'Scriva nella conversazione «i miei dati» per una copia, «cancella i miei dati» per la cancellazione, STOP per non ricevere più nulla e revocare il consenso, CHI per rivedere l’informativa. Può anche scrivere al contatto qui sopra, opporsi, chiedere la rettifica o la limitazione e presentare reclamo a un’autorità di controllo.',
    machine: 'Risposte automatiche', machineText: 'Risponde un assistente automatico (IA). Ciò che gli elenchi qui sotto non nominano viene scartato prima che qualcosa sia salvato.',
    version: 'Versione delle istruzioni',
    categories: { routing: 'come la si riconosce e le si risponde', profile: 'il suo profilo', content: 'ciò che scrive', attachments: 'ciò che allega', network: 'la sua connessione', device: 'il suo dispositivo', 'consent-record': 'i suoi consensi', derived: 'ciò che se ne ricava' },
    ends: { erase: 'cancellati', aggregate: 'contati, poi cancellati' },
  },
  nl: {
    title: 'Hoe uw berichten worden verwerkt', lead: (who) => `Wat ${who} doet met wat u schrijft, en wat u eraan kunt doen.`,
    who: 'Wie verantwoordelijk is', controller: 'Verwerkingsverantwoordelijke', address: 'Adres', contact: 'Contact', dpo: 'Functionaris voor gegevensbescherming', authority: 'Toezichthoudende autoriteit',
    purposes: 'Waarvoor', purpose: 'Doel', basis: 'Rechtsgrond', data: 'Gegevens',
    kept: 'Wat er per kanaal wordt bewaard', channel: 'Kanaal', identifiers: 'Kenmerken', nothing: 'geen',
    recipients: 'Wie het ontvangt', recipient: 'Ontvanger', country: 'Land', transfer: 'Doorgifte op grond van',
    retention: 'Hoe lang', period: 'Termijn', afterwards: 'Daarna',
    rights: 'Uw rechten', rightsText: 'Schrijf in het gesprek „mijn gegevens” voor een kopie, „verwijder mijn gegevens” voor verwijdering, STOP om niets meer te horen en uw toestemming in te trekken, WIE om de kennisgeving opnieuw te zien. U kunt ook naar het contact hierboven schrijven, bezwaar maken, om rectificatie of beperking vragen en een klacht indienen bij een toezichthoudende autoriteit.',
    machine: 'Automatische antwoorden', machineText: 'Een automatische assistent (AI) antwoordt. Wat de lijsten hieronder niet noemen, wordt weggegooid voordat er iets wordt opgeslagen.',
    version: 'Versie van de instructies',
    categories: { routing: 'hoe men u herkent en antwoordt', profile: 'uw profiel', content: 'wat u schrijft', attachments: 'wat u meestuurt', network: 'uw verbinding', device: 'uw apparaat', 'consent-record': 'uw toestemmingen', derived: 'wat daaruit wordt afgeleid' },
    ends: { erase: 'verwijderd', aggregate: 'geteld, daarna verwijderd' },
  },
  pl: {
    title: 'Jak przetwarzane są Twoje wiadomości', lead: (who) => `Co ${who} robi z tym, co piszesz, i co możesz z tym zrobić.`,
    who: 'Kto odpowiada', controller: 'Administrator', address: 'Adres', contact: 'Kontakt', dpo: 'Inspektor ochrony danych', authority: 'Organ nadzorczy',
    purposes: 'W jakim celu', purpose: 'Cel', basis: 'Podstawa prawna', data: 'Dane',
    kept: 'Co jest przechowywane z każdego kanału', channel: 'Kanał', identifiers: 'Identyfikatory', nothing: 'brak',
    recipients: 'Kto je otrzymuje', recipient: 'Odbiorca', country: 'Kraj', transfer: 'Przekazanie na podstawie',
    retention: 'Jak długo', period: 'Okres', afterwards: 'Potem',
    rights: 'Twoje prawa', rightsText: 'Napisz w rozmowie „moje dane”, aby otrzymać kopię, „usuń moje dane”, aby je usunąć, STOP, aby nie otrzymywać wiadomości i wycofać zgodę, KTO, aby ponownie zobaczyć informację. Możesz też napisać na podany wyżej kontakt, wnieść sprzeciw, zażądać sprostowania lub ograniczenia i złożyć skargę do organu nadzorczego.',
    machine: 'Automatyczne odpowiedzi', machineText: 'Odpowiada automatyczny asystent (AI). To, czego nie wymieniają poniższe listy, jest odrzucane, zanim cokolwiek zostanie zapisane.',
    version: 'Wersja instrukcji',
    categories: { routing: 'po czym Cię rozpoznajemy i jak odpowiadamy', profile: 'Twój profil', content: 'to, co piszesz', attachments: 'to, co przesyłasz', network: 'Twoje połączenie', device: 'Twoje urządzenie', 'consent-record': 'Twoje zgody', derived: 'to, co z nich wynika' },
    ends: { erase: 'usuwane', aggregate: 'zliczane, potem usuwane' },
  },
  pt: {
    title: 'Como são tratadas as suas mensagens', lead: (who) => `O que ${who} faz com o que escreve, e o que pode fazer.`,
    who: 'Quem é responsável', controller: 'Responsável pelo tratamento', address: 'Endereço', contact: 'Contacto', dpo: 'Encarregado da proteção de dados', authority: 'Autoridade de controlo',
    purposes: 'Para quê', purpose: 'Finalidade', basis: 'Fundamento jurídico', data: 'Dados',
    kept: 'O que se guarda de cada canal', channel: 'Canal', identifiers: 'Identificadores', nothing: 'nenhum',
    recipients: 'Quem os recebe', recipient: 'Destinatário', country: 'País', transfer: 'Transferência com base em',
    retention: 'Durante quanto tempo', period: 'Prazo', afterwards: 'Depois',
    rights: 'Os seus direitos', rightsText: 'Escreva na conversa «os meus dados» para uma cópia, «apagar os meus dados» para o apagamento, STOP para não receber mais nada e retirar o consentimento, QUEM para voltar a ver a informação. Também pode escrever para o contacto acima, opor-se, pedir a retificação ou a limitação e apresentar reclamação a uma autoridade de controlo.',
    machine: 'Respostas automáticas', machineText: 'Responde um assistente automático (IA). O que as listas abaixo não mencionam é descartado antes de se guardar o que quer que seja.',
    version: 'Versão das instruções',
    categories: { routing: 'como é reconhecido e respondido', profile: 'o seu perfil', content: 'o que escreve', attachments: 'o que anexa', network: 'a sua ligação', device: 'o seu dispositivo', 'consent-record': 'os seus consentimentos', derived: 'o que daí se deduz' },
    ends: { erase: 'apagados', aggregate: 'contados e depois apagados' },
  },
}; // prettier-ignore
