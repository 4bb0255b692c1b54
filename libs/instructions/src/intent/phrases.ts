// Wishes to be erased and to know, in people's own words, over normalised text (no accents, no punctuation). Only short messages are read this way.
import type { Intent } from './words.js';

/** The words around the core vary, so each is two parts. */
export interface Phrase {
  readonly intent: Extract<Intent, 'erase' | 'access'>;
  readonly says: RegExp;
}

const phrase = (intent: Phrase['intent'], says: RegExp): Phrase => ({ intent, says });

export const PHRASES: readonly Phrase[] = [
  // en
  phrase('erase', /\b(delete|erase|remove|wipe|destroy)\b.{0,30}\b(my|all|everything).{0,20}\b(data|information|info|details|messages|history|account|records?)\b/),
  phrase('erase', /\b(forget)\b.{0,10}\b(me|about me)\b/),
  phrase('access', /\b(what|which|show|send|copy|get)\b.{0,30}\b(data|information)\b.{0,30}\b(about|on|of) me\b/),
  // de
  phrase('erase', /\b(meine|alle|samtliche)\b.{0,20}\b(daten|nachrichten|angaben)\b.{0,20}\blosch\w*\b/),
  phrase('erase', /\blosch\w*\b.{0,20}\b(meine|alle|samtliche|alles)\b/),
  phrase('access', /\bwelche\b.{0,10}\bdaten\b.{0,30}\b(uber|von) mi(ch|r)\b/),
  // fr
  phrase('erase', /\b(effacez?|supprimez?|effacer|supprimer)\b.{0,20}\b(mes|toutes)\b.{0,20}\b(donnees|messages|informations)\b/),
  phrase('access', /\bquelles\b.{0,10}\bdonnees\b.{0,30}\bsur moi\b/),
  // es
  phrase('erase', /\b(borr\w+|elimin\w+|suprim\w+)\b.{0,20}\b(mis|todos)\b.{0,20}\b(datos|mensajes|informacion)\b/),
  phrase('access', /\bque\b.{0,10}\bdatos\b.{0,30}\bsobre mi\b/),
  // it
  phrase('erase', /\b(cancell\w+|elimin\w+)\b.{0,20}\b(i miei|tutti)\b.{0,20}\b(dati|messaggi)\b/),
  phrase('access', /\bquali\b.{0,10}\bdati\b.{0,30}\bsu di me\b/),
  // nl
  phrase('erase', /\b(verwijder\w*|wis\w*)\b.{0,20}\b(mijn|al mijn|alle)\b.{0,20}\b(gegevens|data|berichten)\b/),
  phrase('access', /\bwelke\b.{0,10}\bgegevens\b.{0,30}\b(over|van) mij\b/),
  // pl
  phrase('erase', /\b(usun\w*|skasuj\w*|wykasuj\w*)\b.{0,20}\b(moje|wszystkie)\b.{0,20}\b(dane|wiadomosci)\b/),
  phrase('access', /\bjakie\b.{0,20}\bdane\b.{0,20}\bo mnie\b|\bjakie\b.{0,20}\bo mnie\b.{0,20}\bdane\b/),
  // pt
  phrase('erase', /\b(apag\w+|exclu\w+|elimin\w+)\b.{0,20}\b(meus|todos)\b.{0,20}\b(dados|mensagens)\b/),
  phrase('access', /\bque\b.{0,10}\bdados\b.{0,30}\bsobre mim\b/),
]; // prettier-ignore
