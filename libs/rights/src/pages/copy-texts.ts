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
  incidents: 'Breaches of data security of which the controller was told', reachedIn: 'In this time', suspected: 'Suspected', messages: 'Messages',
  ConfidentialityBreach: 'read by somebody else', IntegrityBreach: 'changed', AvailabilityBreach: 'lost',
  'last-activity': 'the last message of the conversation', 'conversation-end': 'the end of the conversation', ingest: 'each message by itself', withdrawal: 'the end of your consent',
  requested: 'asked', given: 'given', renewed: 'given again', refused: 'refused', withdrawn: 'withdrawn', expired: 'expired', invalidated: 'no longer valid',
  more: 'All details', ages: 'Age to consent', sensitive: 'Messages with especially sensitive content', fromPlatform: 'the platform of {channel}, which was asked for your profile',
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
  incidents: 'Verletzungen der Datensicherheit, von denen der Verantwortliche unterrichtet ist', reachedIn: 'In dieser Zeit', suspected: 'Vermutet', messages: 'Nachrichten',
  ConfidentialityBreach: 'von anderen gelesen', IntegrityBreach: 'verändert', AvailabilityBreach: 'verloren',
  'last-activity': 'der letzten Nachricht der Unterhaltung', 'conversation-end': 'dem Ende der Unterhaltung', ingest: 'jeder Nachricht für sich', withdrawal: 'dem Ende Ihrer Einwilligung',
  requested: 'angefragt', given: 'erteilt', renewed: 'erneut erteilt', refused: 'verweigert', withdrawn: 'widerrufen', expired: 'abgelaufen', invalidated: 'nicht mehr gültig',
  more: 'Alle Angaben', ages: 'Alter für eine Einwilligung', sensitive: 'Nachrichten mit besonders geschütztem Inhalt', fromPlatform: 'die Plattform von {channel}, die nach Ihrem Profil gefragt wurde',
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
  incidents: 'Violations de la sécurité des données dont le responsable a été informé', reachedIn: 'Pendant cette période', suspected: 'Ce qui est supposé', messages: 'Messages',
  ConfidentialityBreach: 'lues par autrui', IntegrityBreach: 'modifiées', AvailabilityBreach: 'perdues',
  'last-activity': 'dernier message de la conversation', 'conversation-end': 'fin de la conversation', ingest: 'chaque message', withdrawal: 'fin de votre consentement',
  requested: 'demandé', given: 'donné', renewed: 'donné à nouveau', refused: 'refusé', withdrawn: 'retiré', expired: 'expiré', invalidated: 'plus valable',
  more: 'Tous les détails', ages: 'Âge requis pour consentir', sensitive: 'Messages au contenu particulièrement sensible', fromPlatform: 'la plateforme de {channel}, interrogée sur votre profil',
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
  incidents: 'Violaciones de la seguridad de los datos de las que se informó al responsable', reachedIn: 'En este tiempo', suspected: 'Se sospecha', messages: 'Mensajes',
  ConfidentialityBreach: 'leídos por otros', IntegrityBreach: 'modificados', AvailabilityBreach: 'perdidos',
  'last-activity': 'el último mensaje de la conversación', 'conversation-end': 'el fin de la conversación', ingest: 'cada mensaje', withdrawal: 'el fin de su consentimiento',
  requested: 'solicitado', given: 'dado', renewed: 'dado de nuevo', refused: 'rechazado', withdrawn: 'retirado', expired: 'caducado', invalidated: 'ya no válido',
  more: 'Todos los detalles', ages: 'Edad para consentir', sensitive: 'Mensajes con contenido especialmente sensible', fromPlatform: 'la plataforma de {channel}, a la que se preguntó por su perfil',
  fromYou: 'usted, por sus mensajes en {channel}', noDecisions: 'ninguna por esta pasarela; las respuestas de los destinatarios son suyas', tokens: 'fichas que sustituyen datos de contacto en los textos entregados a destinatarios',
}; // prettier-ignore

const it: CopyTexts = {
  title: 'Copia dei suoi dati personali', lead: 'Tutto ciò che è conservato su di lei.', json: 'Lo stesso per le macchine (JSON)', nothing: 'Non è conservato nessun dato personale.',
  you: 'Lei', toYou: 'A lei', since: 'dal', purposes: 'Finalità', purpose: 'Finalità', basis: 'Base giuridica', data: 'Dati',
  recipients: 'Destinatari', recipient: 'Destinatario', entity: 'Azienda', country: 'Paese', knownAs: 'La conosce come', knownThere: 'Le sue conversazioni presso i destinatari', conversation: 'Conversazione', known: 'Lì nota come', when: 'Quando',
  retention: 'Conservazione', countedFrom: 'A partire da', period: 'Durata', consents: 'Consensi', state: 'Stato', objections: 'Opposizioni',
  requests: 'Richieste', right: 'Diritto', instructions: 'Istruzioni', version: 'Versione', source: 'Origine', decisions: 'Decisioni automatizzate',
  derived: 'Dati ricavati', none: 'nessuno', processing: 'Perché, chi, per quanto tempo', controller: 'Titolare del trattamento', dpo: 'Responsabile della protezione dei dati',
  authority: 'Autorità di controllo', made: 'Fatta il', firstContact: 'Primo contatto', restricted: 'Trattamento limitato', yes: 'sì', no: 'no',
  noMarketing: 'Niente pubblicità dal', identifiers: 'Identificativi', kind: 'Tipo', value: 'Valore', from: 'Dal', until: 'Al', conversations: 'Conversazioni',
  corrections: 'Rettificato', statement: 'La sua dichiarazione',
  incidents: 'Violazioni della sicurezza dei dati di cui il titolare è stato informato', reachedIn: 'In questo periodo', suspected: 'Si sospetta', messages: 'Messaggi',
  ConfidentialityBreach: 'letti da altri', IntegrityBreach: 'modificati', AvailabilityBreach: 'perduti',
  'last-activity': 'l’ultimo messaggio della conversazione', 'conversation-end': 'la fine della conversazione', ingest: 'ciascun messaggio', withdrawal: 'la fine del suo consenso',
  requested: 'chiesto', given: 'dato', renewed: 'dato di nuovo', refused: 'rifiutato', withdrawn: 'revocato', expired: 'scaduto', invalidated: 'non più valido',
  more: 'Tutti i dettagli', ages: 'Età per acconsentire', sensitive: 'Messaggi con contenuto particolarmente delicato', fromPlatform: 'la piattaforma di {channel}, a cui è stato chiesto il suo profilo',
  fromYou: 'lei, con i messaggi su {channel}', noDecisions: 'nessuna da parte di questo servizio; le risposte dei destinatari sono loro', tokens: 'segnaposto che sostituiscono i recapiti nei testi dati ai destinatari',
}; // prettier-ignore

const nl: CopyTexts = {
  title: 'Kopie van uw persoonsgegevens', lead: 'Alles wat over u wordt bewaard.', json: 'Hetzelfde voor machines (JSON)', nothing: 'Er worden geen persoonsgegevens bewaard.',
  you: 'U', toYou: 'Aan u', since: 'sinds', purposes: 'Doeleinden', purpose: 'Doel', basis: 'Rechtsgrond', data: 'Gegevens',
  recipients: 'Ontvangers', recipient: 'Ontvanger', entity: 'Bedrijf', country: 'Land', knownAs: 'Kent u als', knownThere: 'Uw gesprekken bij ontvangers', conversation: 'Gesprek', known: 'Daar bekend als', when: 'Wanneer',
  retention: 'Bewaartermijn', countedFrom: 'Gerekend vanaf', period: 'Duur', consents: 'Toestemmingen', state: 'Stand', objections: 'Bezwaren',
  requests: 'Verzoeken', right: 'Recht', instructions: 'Instructies', version: 'Versie', source: 'Herkomst', decisions: 'Geautomatiseerde besluiten',
  derived: 'Afgeleide gegevens', none: 'geen', processing: 'Waarom, wie, hoe lang', controller: 'Verwerkingsverantwoordelijke', dpo: 'Functionaris voor gegevensbescherming',
  authority: 'Toezichthoudende autoriteit', made: 'Gemaakt', firstContact: 'Eerste contact', restricted: 'Verwerking beperkt', yes: 'ja', no: 'nee',
  noMarketing: 'Geen reclame sinds', identifiers: 'Kenmerken', kind: 'Soort', value: 'Waarde', from: 'Van', until: 'Tot', conversations: 'Gesprekken',
  corrections: 'Gecorrigeerd', statement: 'Uw verklaring',
  incidents: 'Inbreuken op de beveiliging waarvan de verwerkingsverantwoordelijke op de hoogte is gesteld', reachedIn: 'In deze tijd', suspected: 'Vermoed', messages: 'Berichten',
  ConfidentialityBreach: 'door anderen gelezen', IntegrityBreach: 'gewijzigd', AvailabilityBreach: 'verloren',
  'last-activity': 'het laatste bericht van het gesprek', 'conversation-end': 'het einde van het gesprek', ingest: 'elk bericht afzonderlijk', withdrawal: 'het einde van uw toestemming',
  requested: 'gevraagd', given: 'gegeven', renewed: 'opnieuw gegeven', refused: 'geweigerd', withdrawn: 'ingetrokken', expired: 'verlopen', invalidated: 'niet meer geldig',
  more: 'Alle gegevens', ages: 'Leeftijd voor toestemming', sensitive: 'Berichten met bijzonder gevoelige inhoud', fromPlatform: 'het platform van {channel}, waaraan uw profiel is gevraagd',
  fromYou: 'uzelf, door berichten via {channel}', noDecisions: 'geen door deze dienst; de antwoorden van ontvangers zijn van hen', tokens: 'plaatsvervangers voor contactgegevens in teksten die ontvangers kregen',
}; // prettier-ignore

const pl: CopyTexts = {
  title: 'Kopia Twoich danych osobowych', lead: 'Wszystko, co jest o Tobie przechowywane.', json: 'To samo dla maszyn (JSON)', nothing: 'Nie są przechowywane żadne dane osobowe.',
  you: 'Ty', toYou: 'Do Ciebie', since: 'od', purposes: 'Cele', purpose: 'Cel', basis: 'Podstawa prawna', data: 'Dane',
  recipients: 'Odbiorcy', recipient: 'Odbiorca', entity: 'Firma', country: 'Kraj', knownAs: 'Zna Cię jako', knownThere: 'Twoje rozmowy u odbiorców', conversation: 'Rozmowa', known: 'Znana tam jako', when: 'Kiedy',
  retention: 'Przechowywanie', countedFrom: 'Liczone od', period: 'Okres', consents: 'Zgody', state: 'Stan', objections: 'Sprzeciwy',
  requests: 'Żądania', right: 'Prawo', instructions: 'Instrukcje', version: 'Wersja', source: 'Źródło', decisions: 'Zautomatyzowane decyzje',
  derived: 'Dane pochodne', none: 'brak', processing: 'Dlaczego, kto, jak długo', controller: 'Administrator', dpo: 'Inspektor ochrony danych',
  authority: 'Organ nadzorczy', made: 'Sporządzono', firstContact: 'Pierwszy kontakt', restricted: 'Przetwarzanie ograniczone', yes: 'tak', no: 'nie',
  noMarketing: 'Bez reklam od', identifiers: 'Identyfikatory', kind: 'Rodzaj', value: 'Wartość', from: 'Od', until: 'Do', conversations: 'Rozmowy',
  corrections: 'Sprostowano', statement: 'Twoje oświadczenie',
  incidents: 'Naruszenia ochrony danych, o których powiadomiono administratora', reachedIn: 'W tym czasie', suspected: 'Podejrzenie', messages: 'Wiadomości',
  ConfidentialityBreach: 'odczytane przez inne osoby', IntegrityBreach: 'zmienione', AvailabilityBreach: 'utracone',
  'last-activity': 'ostatniej wiadomości w rozmowie', 'conversation-end': 'końca rozmowy', ingest: 'każdej wiadomości osobno', withdrawal: 'końca Twojej zgody',
  requested: 'zapytano', given: 'udzielona', renewed: 'udzielona ponownie', refused: 'odmówiona', withdrawn: 'wycofana', expired: 'wygasła', invalidated: 'już nieważna',
  more: 'Wszystkie szczegóły', ages: 'Wiek wymagany do zgody', sensitive: 'Wiadomości o szczególnie wrażliwej treści', fromPlatform: 'platforma {channel}, którą zapytano o Twój profil',
  fromYou: 'od Ciebie, z wiadomości na {channel}', noDecisions: 'żadnych przez tę usługę; odpowiedzi odbiorców są ich własne', tokens: 'znaczniki zastępujące dane kontaktowe w tekstach przekazanych odbiorcom',
}; // prettier-ignore

const pt: CopyTexts = {
  title: 'Cópia dos seus dados pessoais', lead: 'Tudo o que está guardado sobre si.', json: 'O mesmo para máquinas (JSON)', nothing: 'Não estão guardados dados pessoais.',
  you: 'Você', toYou: 'Para si', since: 'desde', purposes: 'Finalidades', purpose: 'Finalidade', basis: 'Fundamento jurídico', data: 'Dados',
  recipients: 'Destinatários', recipient: 'Destinatário', entity: 'Empresa', country: 'País', knownAs: 'Conhece-o como', knownThere: 'As suas conversas junto dos destinatários', conversation: 'Conversa', known: 'Conhecida lá como', when: 'Quando',
  retention: 'Conservação', countedFrom: 'A contar de', period: 'Prazo', consents: 'Consentimentos', state: 'Estado', objections: 'Oposições',
  requests: 'Pedidos', right: 'Direito', instructions: 'Instruções', version: 'Versão', source: 'Origem', decisions: 'Decisões automatizadas',
  derived: 'Dados deduzidos', none: 'nenhum', processing: 'Porquê, quem, durante quanto tempo', controller: 'Responsável pelo tratamento', dpo: 'Encarregado da proteção de dados',
  authority: 'Autoridade de controlo', made: 'Feita em', firstContact: 'Primeiro contacto', restricted: 'Tratamento limitado', yes: 'sim', no: 'não',
  noMarketing: 'Sem publicidade desde', identifiers: 'Identificadores', kind: 'Tipo', value: 'Valor', from: 'De', until: 'Até', conversations: 'Conversas',
  corrections: 'Retificado', statement: 'A sua declaração',
  incidents: 'Violações da segurança dos dados de que o responsável foi informado', reachedIn: 'Neste período', suspected: 'Suspeita', messages: 'Mensagens',
  ConfidentialityBreach: 'lidos por outros', IntegrityBreach: 'alterados', AvailabilityBreach: 'perdidos',
  'last-activity': 'a última mensagem da conversa', 'conversation-end': 'o fim da conversa', ingest: 'cada mensagem', withdrawal: 'o fim do seu consentimento',
  requested: 'pedido', given: 'dado', renewed: 'dado de novo', refused: 'recusado', withdrawn: 'retirado', expired: 'expirado', invalidated: 'já não válido',
  more: 'Todos os detalhes', ages: 'Idade para consentir', sensitive: 'Mensagens com conteúdo especialmente sensível', fromPlatform: 'a plataforma de {channel}, à qual se pediu o seu perfil',
  fromYou: 'de si, por mensagens em {channel}', noDecisions: 'nenhuma por este serviço; as respostas dos destinatários são deles', tokens: 'marcadores que substituem contactos nos textos dados aos destinatários',
}; // prettier-ignore

export const COPY_TEXTS: Readonly<Record<Language, CopyTexts>> = { en, de, fr, es, it, nl, pl, pt };
