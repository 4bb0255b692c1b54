// The words of the copy for people, by language.
import type { Language } from './language.js';

const en = {
  title: 'Copy of your personal data', lead: 'Everything that is held about you.', json: 'The same for machines (JSON)', nothing: 'No personal data is held.',
  you: 'You', toYou: 'To you', since: 'since', purposes: 'Purposes', purpose: 'Purpose', basis: 'Legal basis', data: 'Data',
  recipients: 'Recipients', recipient: 'Recipient', entity: 'Company', country: 'Country', knownAs: 'Knows you as', knownThere: 'Your conversations at recipients', conversation: 'Conversation', known: 'Known there as', when: 'When',
  retention: 'Retention', countedFrom: 'Counted from', period: 'For', consents: 'Consents', state: 'State', objections: 'Objections',
  requests: 'Requests', right: 'Right', instructions: 'Instructions', version: 'Version', source: 'Source', decisions: 'Automated decisions',
  derived: 'Derived data', none: 'none', processing: 'Why, who, how long', controller: 'Controller', dpo: 'Data protection officer',
  authority: 'Supervisory authority', made: 'Made', firstContact: 'First contact', restricted: 'Processing restricted', yes: 'yes', no: 'no',
  noMarketing: 'No marketing since', identifiers: 'Identifiers', kind: 'Kind', value: 'Value', from: 'From', until: 'Until', conversations: 'Conversations',
  corrections: 'Put right', statement: 'Your statement',
  'last-activity': 'the last message of the conversation', 'conversation-end': 'the end of the conversation', ingest: 'each message by itself', withdrawal: 'the end of your consent',
  requested: 'asked', given: 'given', renewed: 'given again', refused: 'refused', withdrawn: 'withdrawn', expired: 'expired', invalidated: 'no longer valid',
  fromYou: 'you, by messages on {channel}', noDecisions: 'none by this gateway; the answers of recipients are theirs', tokens: 'tokens that stand for contact details in texts given to recipients',
}; // prettier-ignore
export type CopyTexts = Readonly<Record<keyof typeof en, string>>;

const de: CopyTexts = {
  title: 'Kopie Ihrer personenbezogenen Daten', lead: 'Alles, was über Sie gespeichert ist.', json: 'Dasselbe für Maschinen (JSON)', nothing: 'Es sind keine personenbezogenen Daten gespeichert.',
  you: 'Sie', toYou: 'An Sie', since: 'seit', purposes: 'Zwecke', purpose: 'Zweck', basis: 'Rechtsgrundlage', data: 'Daten',
  recipients: 'Empfänger', recipient: 'Empfänger', entity: 'Unternehmen', country: 'Land', knownAs: 'Kennt Sie als', knownThere: 'Ihre Unterhaltungen bei Empfängern', conversation: 'Unterhaltung', known: 'Dort bekannt als', when: 'Wann',
  retention: 'Speicherdauer', countedFrom: 'Gerechnet ab', period: 'Dauer', consents: 'Einwilligungen', state: 'Stand', objections: 'Widersprüche',
  requests: 'Anträge', right: 'Recht', instructions: 'Weisungen', version: 'Fassung', source: 'Herkunft', decisions: 'Automatisierte Entscheidungen',
  derived: 'Abgeleitete Daten', none: 'keine', processing: 'Warum, wer, wie lange', controller: 'Verantwortlicher', dpo: 'Datenschutzbeauftragte',
  authority: 'Aufsichtsbehörde', made: 'Erstellt', firstContact: 'Erster Kontakt', restricted: 'Verarbeitung eingeschränkt', yes: 'ja', no: 'nein',
  noMarketing: 'Keine Werbung seit', identifiers: 'Kennungen', kind: 'Art', value: 'Wert', from: 'Von', until: 'Bis', conversations: 'Unterhaltungen',
  corrections: 'Berichtigt', statement: 'Ihre Erklärung',
  'last-activity': 'der letzten Nachricht der Unterhaltung', 'conversation-end': 'dem Ende der Unterhaltung', ingest: 'jeder Nachricht für sich', withdrawal: 'dem Ende Ihrer Einwilligung',
  requested: 'angefragt', given: 'erteilt', renewed: 'erneut erteilt', refused: 'verweigert', withdrawn: 'widerrufen', expired: 'abgelaufen', invalidated: 'nicht mehr gültig',
  fromYou: 'Sie selbst, durch Nachrichten über {channel}', noDecisions: 'keine durch diese Vermittlung; Antworten von Empfängern sind deren eigene', tokens: 'Platzhalter für Kontaktdaten in Texten, die Empfänger bekommen haben',
}; // prettier-ignore

const fr: CopyTexts = {
  title: 'Copie de vos données personnelles', lead: 'Tout ce qui est conservé à votre sujet.', json: 'Le même contenu pour les machines (JSON)', nothing: 'Aucune donnée personnelle n’est conservée.',
  you: 'Vous', toYou: 'À vous', since: 'depuis le', purposes: 'Finalités', purpose: 'Finalité', basis: 'Base juridique', data: 'Données',
  recipients: 'Destinataires', recipient: 'Destinataire', entity: 'Entreprise', country: 'Pays', knownAs: 'Vous connaît sous', knownThere: 'Vos conversations chez les destinataires', conversation: 'Conversation', known: 'Connue là sous', when: 'Quand',
  retention: 'Conservation', countedFrom: 'À compter de', period: 'Durée', consents: 'Consentements', state: 'État', objections: 'Oppositions',
  requests: 'Demandes', right: 'Droit', instructions: 'Instructions', version: 'Version', source: 'Source', decisions: 'Décisions automatisées',
  derived: 'Données déduites', none: 'aucune', processing: 'Pourquoi, qui, combien de temps', controller: 'Responsable du traitement', dpo: 'Délégué à la protection des données',
  authority: 'Autorité de contrôle', made: 'Établie le', firstContact: 'Premier contact', restricted: 'Traitement limité', yes: 'oui', no: 'non',
  noMarketing: 'Plus de publicité depuis', identifiers: 'Identifiants', kind: 'Type', value: 'Valeur', from: 'Du', until: 'Au', conversations: 'Conversations',
  corrections: 'Rectifié', statement: 'Votre déclaration',
  'last-activity': 'dernier message de la conversation', 'conversation-end': 'fin de la conversation', ingest: 'chaque message', withdrawal: 'fin de votre consentement',
  requested: 'demandé', given: 'donné', renewed: 'donné à nouveau', refused: 'refusé', withdrawn: 'retiré', expired: 'expiré', invalidated: 'plus valable',
  fromYou: 'vous-même, par vos messages sur {channel}', noDecisions: 'aucune par cette passerelle ; les réponses des destinataires sont les leurs', tokens: 'jetons remplaçant des coordonnées dans les textes remis aux destinataires',
}; // prettier-ignore

const es: CopyTexts = {
  title: 'Copia de sus datos personales', lead: 'Todo lo que se conserva sobre usted.', json: 'Lo mismo para máquinas (JSON)', nothing: 'No se conservan datos personales.',
  you: 'Usted', toYou: 'A usted', since: 'desde', purposes: 'Finalidades', purpose: 'Finalidad', basis: 'Base jurídica', data: 'Datos',
  recipients: 'Destinatarios', recipient: 'Destinatario', entity: 'Empresa', country: 'País', knownAs: 'Le conoce como', knownThere: 'Sus conversaciones en los destinatarios', conversation: 'Conversación', known: 'Conocida allí como', when: 'Cuándo',
  retention: 'Conservación', countedFrom: 'A contar desde', period: 'Plazo', consents: 'Consentimientos', state: 'Estado', objections: 'Oposiciones',
  requests: 'Solicitudes', right: 'Derecho', instructions: 'Instrucciones', version: 'Versión', source: 'Origen', decisions: 'Decisiones automatizadas',
  derived: 'Datos deducidos', none: 'ninguno', processing: 'Por qué, quién, cuánto tiempo', controller: 'Responsable del tratamiento', dpo: 'Delegado de protección de datos',
  authority: 'Autoridad de control', made: 'Hecha', firstContact: 'Primer contacto', restricted: 'Tratamiento limitado', yes: 'sí', no: 'no',
  noMarketing: 'Sin publicidad desde', identifiers: 'Identificadores', kind: 'Tipo', value: 'Valor', from: 'Desde', until: 'Hasta', conversations: 'Conversaciones',
  corrections: 'Rectificado', statement: 'Su declaración',
  'last-activity': 'el último mensaje de la conversación', 'conversation-end': 'el fin de la conversación', ingest: 'cada mensaje', withdrawal: 'el fin de su consentimiento',
  requested: 'solicitado', given: 'dado', renewed: 'dado de nuevo', refused: 'rechazado', withdrawn: 'retirado', expired: 'caducado', invalidated: 'ya no válido',
  fromYou: 'usted, por sus mensajes en {channel}', noDecisions: 'ninguna por esta pasarela; las respuestas de los destinatarios son suyas', tokens: 'fichas que sustituyen datos de contacto en los textos entregados a destinatarios',
}; // prettier-ignore

export const COPY_TEXTS: Readonly<Record<Language, CopyTexts>> = { en, de, fr, es };
