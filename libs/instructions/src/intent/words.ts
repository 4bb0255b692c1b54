// Words that mean something to the gateway itself, in eight languages; a document may add to them. Compared without case and accents.

/** `stop`: no more messages, consent withdrawn. `start`: ask again. `erase`, `access`: Arts. 17 and 15. `who`: the notice again. `recipients`: who received data. */
export const INTENTS = ['stop', 'start', 'erase', 'access', 'who', 'recipients'] as const;
export type Intent = (typeof INTENTS)[number];

type Words = Readonly<Record<Intent, readonly string[]>>;

export const WORDS: Readonly<Record<string, Words>> = {
  en: {
    stop: ['stop', 'stop all', 'unsubscribe', 'opt out', 'optout', 'cancel', 'quit', 'end', 'no more messages', 'withdraw', 'i withdraw my consent'],
    start: ['start', 'unstop', 'resume', 'subscribe', 'opt in'],
    erase: ['erase', 'delete', 'delete me', 'erase me', 'forget me', 'delete my data', 'erase my data', 'delete all my data', 'erase all my data', 'delete everything', 'delete my account', 'right to be forgotten', 'remove my data'],
    access: ['access', 'my data', 'show my data', 'show me my data', 'send me my data', 'what do you know about me', 'what data do you have about me', 'copy of my data', 'data access request', 'download my data'],
    who: ['who', 'who are you', 'privacy', 'privacy notice', 'privacy policy', 'data protection', 'imprint', 'info'],
    recipients: ['recipients', 'who gets my data', 'who receives my data', 'who has my data', 'who did you share my data with'],
  },
  de: {
    stop: ['stopp', 'abmelden', 'abbestellen', 'abbestellung', 'austragen', 'keine nachrichten mehr', 'widerruf', 'widerrufen', 'ich widerrufe meine einwilligung', 'aufhören', 'ende'],
    start: ['anmelden', 'wieder anmelden', 'starten', 'fortsetzen'],
    erase: ['löschen', 'lösche mich', 'lösch mich', 'vergiss mich', 'daten löschen', 'meine daten löschen', 'lösche meine daten', 'löschen sie meine daten', 'bitte löschen sie meine daten', 'alles löschen', 'recht auf vergessenwerden', 'recht auf löschung'],
    access: ['auskunft', 'meine daten', 'datenauskunft', 'zeig mir meine daten', 'zeige meine daten', 'welche daten habt ihr über mich', 'welche daten haben sie über mich', 'was wisst ihr über mich', 'kopie meiner daten'],
    who: ['wer', 'wer seid ihr', 'wer bist du', 'wer sind sie', 'datenschutz', 'datenschutzhinweise', 'impressum'],
    recipients: ['empfänger', 'wer bekommt meine daten', 'wer erhält meine daten', 'wer hat meine daten', 'an wen gebt ihr meine daten'],
  },
  fr: {
    stop: ['arrêt', 'arrêter', 'arrêtez', 'désabonner', 'me désabonner', 'désinscription', 'plus de messages', 'je retire mon consentement'],
    start: ['reprendre', 'recommencer', 'me réabonner', 'abonner'],
    erase: ['effacer', 'supprimer', 'supprimer mes données', 'supprimez mes données', 'effacer mes données', 'effacez mes données', 'oubliez moi', 'droit à l’oubli', 'supprimez tout'],
    access: ['accès', 'mes données', 'accès à mes données', 'envoyez moi mes données', 'quelles données avez vous sur moi', 'que savez vous de moi', 'copie de mes données'],
    who: ['qui', 'qui êtes vous', 'confidentialité', 'vie privée', 'protection des données', 'mentions légales'],
    recipients: ['destinataires', 'qui reçoit mes données', 'qui a mes données', 'à qui donnez vous mes données'],
  },
  es: {
    stop: ['baja', 'parar', 'alto', 'cancelar', 'darme de baja', 'no más mensajes', 'retiro mi consentimiento'],
    start: ['alta', 'reanudar', 'empezar', 'darme de alta'],
    erase: ['borrar', 'eliminar', 'suprimir', 'borrar mis datos', 'borra mis datos', 'borren mis datos', 'eliminar mis datos', 'elimina mis datos', 'eliminen mis datos', 'olvídame', 'derecho al olvido'],
    access: ['acceso', 'mis datos', 'acceso a mis datos', 'enviadme mis datos', 'envíenme mis datos', 'qué datos tenéis sobre mí', 'qué datos tienen sobre mí', 'qué sabéis de mí', 'copia de mis datos'],
    who: ['quién', 'quién eres', 'quiénes sois', 'quiénes son', 'privacidad', 'protección de datos', 'aviso legal'],
    recipients: ['destinatarios', 'quién recibe mis datos', 'quién tiene mis datos', 'a quién dais mis datos'],
  },
  it: {
    stop: ['ferma', 'fermati', 'basta', 'annulla', 'disiscrivimi', 'disdetta', 'niente più messaggi', 'revoco il consenso'],
    start: ['riprendi', 'inizia', 'iscrivimi', 'ricomincia'],
    erase: ['cancella', 'cancellare', 'elimina', 'cancella i miei dati', 'cancellate i miei dati', 'elimina i miei dati', 'eliminate i miei dati', 'dimenticami', 'diritto all’oblio'],
    access: ['accesso', 'i miei dati', 'accesso ai miei dati', 'inviatemi i miei dati', 'quali dati avete su di me', 'cosa sapete di me', 'copia dei miei dati'],
    who: ['chi', 'chi sei', 'chi siete', 'privacy', 'protezione dei dati', 'informativa'],
    recipients: ['destinatari', 'chi riceve i miei dati', 'chi ha i miei dati', 'a chi date i miei dati'],
  },
  nl: {
    stop: ['stoppen', 'afmelden', 'uitschrijven', 'opzeggen', 'geen berichten meer', 'ik trek mijn toestemming in'],
    start: ['aanmelden', 'hervatten', 'beginnen', 'inschrijven'],
    erase: ['wissen', 'verwijderen', 'verwijder mijn gegevens', 'wis mijn gegevens', 'mijn gegevens verwijderen', 'vergeet mij', 'vergeet me', 'recht op vergetelheid'],
    access: ['inzage', 'mijn gegevens', 'inzage in mijn gegevens', 'stuur mij mijn gegevens', 'welke gegevens hebben jullie van mij', 'wat weten jullie over mij', 'kopie van mijn gegevens'],
    who: ['wie', 'wie ben je', 'wie zijn jullie', 'privacy', 'gegevensbescherming'],
    recipients: ['ontvangers', 'wie krijgt mijn gegevens', 'wie heeft mijn gegevens', 'aan wie geven jullie mijn gegevens'],
  },
  pl: {
    stop: ['koniec', 'zatrzymaj', 'wypisz', 'wypisz mnie', 'rezygnuję', 'anuluj', 'żadnych wiadomości', 'wycofuję zgodę'],
    start: ['wznów', 'zacznij', 'zapisz mnie'],
    erase: ['usuń', 'skasuj', 'usuń moje dane', 'usuńcie moje dane', 'skasuj moje dane', 'zapomnij o mnie', 'prawo do bycia zapomnianym'],
    access: ['dostęp', 'moje dane', 'dostęp do moich danych', 'wyślij mi moje dane', 'jakie dane o mnie macie', 'co o mnie wiecie', 'kopia moich danych'],
    who: ['kto', 'kim jesteś', 'kim jesteście', 'prywatność', 'ochrona danych'],
    recipients: ['odbiorcy', 'kto dostaje moje dane', 'kto ma moje dane', 'komu dajecie moje dane'],
  },
  pt: {
    stop: ['parar', 'pare', 'cancelar', 'sair', 'descadastrar', 'cancelar inscrição', 'chega de mensagens', 'retiro o meu consentimento'],
    start: ['retomar', 'começar', 'voltar', 'inscrever'],
    erase: ['apagar', 'excluir', 'apagar os meus dados', 'apaguem os meus dados', 'apague meus dados', 'excluir meus dados', 'eliminar os meus dados', 'esqueçam me', 'direito ao esquecimento'],
    access: ['acesso', 'os meus dados', 'meus dados', 'acesso aos meus dados', 'enviem me os meus dados', 'que dados têm sobre mim', 'o que sabem de mim', 'cópia dos meus dados'],
    who: ['quem', 'quem és', 'quem são vocês', 'privacidade', 'proteção de dados'],
    recipients: ['destinatários', 'quem recebe os meus dados', 'quem tem os meus dados', 'a quem dão os meus dados'],
  },
}; // prettier-ignore
