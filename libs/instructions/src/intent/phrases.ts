// Wishes in people's own words, over normalised text (no accents, no punctuation). Only short messages are read this way.
import type { Intent } from './words.js';

/** A wish to hear no more, and a wish to be erased: the words around the core vary, so each is two parts in either order. */
export interface Phrase {
  readonly intent: Extract<Intent, 'stop' | 'erase' | 'access'>;
  readonly says: RegExp;
}

const phrase = (intent: Phrase['intent'], says: RegExp): Phrase => ({ intent, says });

export const PHRASES: readonly Phrase[] = [
  // en
  phrase('stop', /\b(stop|quit|cease|no longer|don t|dont|do not|never|enough)\b.{0,40}\b(messag\w*|text\w*|writing|contact\w*|notif\w*|send\w*|ads|spam\w*)\b/),
  phrase('stop', /\b(unsubscribe|opt out|take me off|remove me from)\b/),
  phrase('stop', /\b(withdraw|revoke|take back)\b.{0,20}\bconsent\b/),
  phrase('erase', /\b(delete|erase|remove|wipe|destroy)\b.{0,30}\b(my|all|everything).{0,20}\b(data|information|info|details|messages|history|account|records?)\b/),
  phrase('erase', /\b(forget)\b.{0,10}\b(me|about me)\b/),
  phrase('access', /\b(what|which|show|send|copy|get)\b.{0,30}\b(data|information)\b.{0,30}\b(about|on|of) me\b/),
  // de
  phrase('stop', /\b(keine|nie|nicht)\b.{0,25}\b(nachrichten?|mehr|werbung|schreiben|kontaktier\w*)\b.{0,25}\b(mehr|senden|schicken|schreiben|bekommen|erhalten|will|mochte)\b/),
  phrase('stop', /\b(hort|hor|horen sie)\b.{0,30}\bauf\b/),
  phrase('stop', /\b(widerrufe?|ziehe)\b.{0,30}\b(einwilligung|zustimmung)\b/),
  phrase('erase', /\b(meine|alle|samtliche)\b.{0,20}\b(daten|nachrichten|angaben)\b.{0,20}\blosch\w*\b/),
  phrase('erase', /\blosch\w*\b.{0,20}\b(meine|alle|samtliche|alles)\b/),
  phrase('access', /\bwelche\b.{0,10}\bdaten\b.{0,30}\b(uber|von) mi(ch|r)\b/),
  // fr
  phrase('stop', /\b(arretez?|stoppez|ne|plus)\b.{0,30}\b(messages?|m ecrire|m envoyer|me contacter|contactez|ecrivez|publicite)\b/),
  phrase('stop', /\bretire\b.{0,20}\bconsentement\b/),
  phrase('erase', /\b(effacez?|supprimez?|effacer|supprimer)\b.{0,20}\b(mes|toutes)\b.{0,20}\b(donnees|messages|informations)\b/),
  phrase('access', /\bquelles\b.{0,10}\bdonnees\b.{0,30}\bsur moi\b/),
  // es
  phrase('stop', /\b(no|dejad?|dejen|paren|parad)\b.{0,30}\b(mensajes|escribirme|escriban|enviarme|envien|mandarme|manden|contactarme|publicidad)\b/),
  phrase('stop', /\b(darme|dame|denme|quiero la)\b.{0,10}\bbaja\b/),
  phrase('stop', /\bretiro\b.{0,20}\bconsentimiento\b/),
  phrase('erase', /\b(borr\w+|elimin\w+|suprim\w+)\b.{0,20}\b(mis|todos)\b.{0,20}\b(datos|mensajes|informacion)\b/),
  phrase('access', /\bque\b.{0,10}\bdatos\b.{0,30}\bsobre mi\b/),
  // it
  phrase('stop', /\b(non|smett\w+|basta)\b.{0,30}\b(messaggi|scrivermi|scrivetemi|inviarmi|mandarmi|mandatemi|contattarmi|contattatemi|pubblicita)\b/),
  phrase('stop', /\brevoco\b.{0,20}\bconsenso\b/),
  phrase('erase', /\b(cancell\w+|elimin\w+)\b.{0,20}\b(i miei|tutti)\b.{0,20}\b(dati|messaggi)\b/),
  phrase('access', /\bquali\b.{0,10}\bdati\b.{0,30}\bsu di me\b/),
  // nl
  phrase('stop', /\b(stop|geen|niet)\b.{0,30}\b(berichten|berichtjes|appen|sturen|contact|reclame)\b.{0,20}(\bmeer\b|$)/),
  phrase('stop', /\btrek\b.{0,20}\btoestemming\b.{0,10}\bin\b/),
  phrase('erase', /\b(verwijder\w*|wis\w*)\b.{0,20}\b(mijn|al mijn|alle)\b.{0,20}\b(gegevens|data|berichten)\b/),
  phrase('access', /\bwelke\b.{0,10}\bgegevens\b.{0,30}\b(over|van) mij\b/),
  // pl
  phrase('stop', /\b(nie|przestan\w*|dosc)\b.{0,30}\b(wiadomosci|pisac|piszcie|pisz|wysylac|wysylajcie|kontaktowac|reklam\w*)\b/),
  phrase('stop', /\b(wycofuje|cofam)\b.{0,10}\bzgode\b/),
  phrase('erase', /\b(usun\w*|skasuj\w*|wykasuj\w*)\b.{0,20}\b(moje|wszystkie)\b.{0,20}\b(dane|wiadomosci)\b/),
  phrase('access', /\bjakie\b.{0,20}\bdane\b.{0,20}\bo mnie\b|\bjakie\b.{0,20}\bo mnie\b.{0,20}\bdane\b/),
  // pt
  phrase('stop', /\b(nao|parem?|chega|deixem)\b.{0,30}\b(mensagens|escrever|escrevam|enviar|enviem|mandar|mandem|contactar|contatar|publicidade)\b/),
  phrase('stop', /\bretiro\b.{0,20}\bconsentimento\b/),
  phrase('erase', /\b(apag\w+|exclu\w+|elimin\w+)\b.{0,20}\b(meus|todos)\b.{0,20}\b(dados|mensagens)\b/),
  phrase('access', /\bque\b.{0,10}\bdados\b.{0,30}\bsobre mim\b/),
]; // prettier-ignore
