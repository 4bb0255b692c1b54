// What the privacy page says by itself, by language; everything else on it is the document's.
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
}; // prettier-ignore
