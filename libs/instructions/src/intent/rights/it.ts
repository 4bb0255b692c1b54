// Wishes for one's rights, in Italian.
import type { RightsWords } from './rules.js';

const r = String.raw;

export const IT: RightsWords = {
  mine: r`miei (?:propri )?(?:dati|recapiti)(?! (?:di accesso|di login|bancari|di pagamento))|mie (?:\w+ )?informazioni|dati (?:\w+ ){0,3}(?:su di me|mi riguardano|a mio nome)|informazioni (?:\w+ ){0,4}su di me`,
  utterances: r`miei (?:messaggi|comportamenti)|mie (?:chat|conversazioni)|mio comportamento`,
  aboutMe: r`(?:che|cosa|tutto|tutti|quali|quello che)\b.{0,40}\b(?:sapete|sai|avete|conservate|tenete|salvat\w*|registrat\w*|memorizzat\w*)\b.{0,25}\b(?:su di me|di me|sul mio conto)|(?:quali|che) (?:dati|informazioni)\b.{0,30}\bsu di me|tutti i dati che mi riguardano|dati\b.{0,20}\ba mio nome`,
  give: r`(?:mand|invi|mostr|forn)\w*mi|datemi|dammi|fatemi (?:vedere|avere|sapere)|mi (?:\w+ )?(?:mand|invi|mostr|date|dai|dare|forn)\w*|copia|accesso (?:ai|a)|(?:posso|vorrei|voglio|piacerebbe)\b.{0,30}\b(?:vedere|consultare|ricevere|ottenere|sapere|conoscere|avere|accedere)`,
  fix: r`corregg\w*|corrett\w*|rettific\w*|modific\w*|cambi\w*|aggiorn\w*|errore|errori|errat\w*|sbagliat\w*|scritto male|non sono giusti|non corrett\w*|vecchi\w*|sostitu\w*|inesatt\w*|sistem\w*`,
  field: r`mi[oa] (?:\w+ )?(?:nome|cognome|telefono|numero(?: di telefono)?|cellulare|e ?mail|mail|indirizzo|data di nascita)|data di nascita|numero di telefono|(?:e ?mail|numero|nome|indirizzo) (?:\w+ ){0,2}mi[oa]`,
  held: r`(?:nel|nella|nei|nelle|sul) (?:mio|mia|vostro|vostra|vostri|vostre) (?:sistema|scheda|profilo|account|archivi|archivio|registr\w*|database)|avete (?:\w+ ){0,4}(?:mi[oa]|su di me)`,
  freeze: r`congel\w*|blocc\w*|limit\w*|sospen\w*|in pausa|restri\w*`,
  unused: r`non (?:li |le |mi |vengano |siano )?(?:us\w*|utilizz\w*|tratt\w*|elabor\w*|analizz\w*|impieg\w*)|smett\w* di (?:usar|trattar|elaborar|utilizzar)\w*|senza (?:usar|trattar|utilizzar)\w*`,
  meanwhile: r`fino|finche|per ora|per il momento|al momento|nel frattempo|temporaneamente|intanto|provvisoriamente`,
  kept: r`ten\w*|conserv\w*|mantenete|non (?:mi |li )?(?:cancell|elimin)\w*|senza cancell\w*`,
  move: r`esport\w*|trasfer\w*|portabilita|portare|spostare|formato (?:leggibile|strutturato)|leggibile da|caricarli|import\w*|migrare`,
  elsewhere: r`(?:altr[oa]|un altro|nuov[oa]) (?:\w+ )?(?:fornitore|azienda|ditta|servizio|operatore|gestore|societa)|concorrenza|altrove|da un altra parte|alla ditta`,
  oppose: r`oppongo|opporre|opposizione|contrari[oa]|non sono d accordo|non voglio|non autorizzo|rifiuto|vieto|non acconsento|non permetto`,
  use: r`us\w*|utilizz\w*|tratt\w*|elabor\w*|analizz\w*|profil\w*|addestr\w*|statistic\w*`,
  ends: r`statistic\w*|analisi|profil\w*|ia|ai|addestr\w*|ricerca|ricerche`,
  profiling: r`smett\w* di (?:profilarmi|fare .{0,12}profil\w*)|non (?:mi )?profil\w*`,
  named: {
    access: r`diritto (?:di|d) accesso|richiesta di accesso`,
    rectify: r`diritto (?:di|alla) rettifica`,
    restrict: r`limitazione del trattamento|diritto (?:di|alla) limitazione`,
    port: r`portabilita dei (?:miei )?dati|diritto alla portabilita`,
    object: r`diritto (?:di|all) opposizione`,
  },
  otherwise: r`(?:vi|le|ti) (?:\w+ ){0,2}(?:mando|invio|do|dato|mandato|inviato)|ho (?:\w+ )?(?:cambiato|aggiornato|corretto|modificato) i miei|(?:avete|ha) ricevuto|ecco i|al sicuro|inserisco|(?:vi|le) servono|pers[oi]`,
  business: r`ordin[ei]|fattur[ae]|ricevuta|prenotazione|appuntamento|consegna|spedizione|pacco|prezzo|rimborso|buono|carrello|bigliett\w*|reso|tracking|tecnic\w*|garanzia|taglia|mia madre|mio padre`,
};
