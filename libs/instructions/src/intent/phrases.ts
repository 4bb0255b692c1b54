// Wishes to be erased, to know, and what else the law lets people ask for, in people's own words, over normalised text (no accents, no punctuation). Only short messages are read this way.
import type { Intent } from './words.js';

/** The words around the core vary, so each is two parts. */
export interface Phrase {
  readonly intent: Exclude<Intent, 'stop' | 'start' | 'who' | 'recipients'>;
  readonly says: RegExp;
}

const phrase = (intent: Phrase['intent'], says: RegExp): Phrase => ({ intent, says });

/** Whoever asks that nothing be deleted must not lose it: an erasure cannot be taken back. */
const SPARED = new RegExp(
  [
    String.raw`\b(?:don t|dont|do not|does not|not|never|without) (?:\w+ )?(?:delet|eras|remov|wip|destroy|forget)\w*`,
    String.raw`\b(?:don t|dont|do not) want (?:\w+ ){0,6}(?:delet|eras|remov|wip|destroy|forget|forgotten)\w*`,
    String.raw`\bnicht (?:(?!mehr )\w+ )?(?:ge)?losch\w*|\bnicht dass (?:\w+ ){0,5}losch\w*|\blosch\w* (?:\w+ ){0,5}(?:nicht|keine\w*)\b|\bohne\b.{0,25}losch\w*`,
    String.raw`\b(?:ne|n|sans) (?:\w+ )?(?:effac|supprim)\w*|\bpas (?:que )(?:\w+ )?(?:effac|supprim)\w*`,
    String.raw`\b(?:no|sin) (?:me |los |las |se )?(?:borr|elimin|suprim)\w*|\bno quiero que (?:\w+ )?(?:borr|elimin|suprim)\w*`,
    String.raw`\b(?:non|senza) (?:mi |li |le )?(?:cancell|elimin)\w*|\bnon voglio che (?:\w+ )?(?:cancell|elimin)\w*`,
    String.raw`\b(?:niet|nooit|zonder) (?:te )?(?:verwijder|wis)\w*|\b(?:verwijder|wis)\w* (?:\w+ ){0,4}niet\b|\bniet dat (?:\w+ ){0,5}(?:verwijder|wis)\w*`,
    String.raw`\bnie (?:usuw|usun|skasuj|kasuj|wykasuj)\w*|\bnie chce (?:\w+ ){1,5}(?:usun|usuw|skasow)\w*|\bbez usuwania\b`,
    String.raw`\b(?:nao|sem) (?:me |os |as )?(?:apag|exclu|elimin)\w*|\bnao quero que (?:\w+ )?(?:apag|exclu|elimin)\w*`,
  ].join('|'),
);

export const phraseIn = (said: string): Phrase | undefined =>
  PHRASES.find(({ intent, says }) => says.test(said) && !(intent === 'erase' && SPARED.test(said)));

const PHRASES: readonly Phrase[] = [
  // en
  phrase('rectify', /\b(correct|rectify|fix)\b.{0,20}\bmy\b.{0,20}\b(personal )?(data|information)\b/),
  phrase('restrict', /\brestrict\w*\b.{0,20}\b(processing|use)\b.{0,20}\b(data|information)\b/),
  phrase('port', /\b(transfer|export|port)\b.{0,20}\bmy\b.{0,20}\b(personal )?data\b/),
  phrase('object', /\bobject\b.{0,10}\bto\b.{0,30}\b(processing|use|using|profiling)\b.{0,20}\b(data|information)\b/),
  phrase('erase', /\b(delete|erase|remove|wipe|destroy)\b.{0,30}\b(my|all|everything).{0,20}\b(data|information|info|details|messages|history|account|records?)\b/),
  phrase('erase', /\b(forget)\b.{0,10}\b(me|about me)\b/),
  phrase('access', /\b(what|which|show|send|copy|get)\b.{0,30}\b(data|information)\b.{0,30}\b(about|on|of) me\b/),
  phrase('access', /\bcopy\b.{0,20}\bof\b.{0,10}\bmy\b.{0,20}\b(data|information)$|\b(give|send|show) me\b.{0,10}\bmy (personal )?data$/),
  // de
  phrase('rectify', /\b(berichtig\w*|korrigier\w*)\b.{0,20}\bmeine\b.{0,20}\bdaten\b|\bmeine\b.{0,20}\bdaten\b.{0,20}\b(berichtig\w*|korrigier\w*)\b/),
  phrase('restrict', /\bverarbeitung\b.{0,20}\bdaten\b.{0,30}\beinschrank\w*\b|\beinschrank\w*\b.{0,30}\bverarbeitung\b.{0,20}\bdaten\b/),
  phrase('port', /\bmeine\b.{0,10}\bdaten\b.{0,30}\b(ubertrag\w*|exportier\w*)\b/),
  phrase('object', /\b(widerspreche|widerspruch)\b.{0,30}\b(verarbeitung|nutzung|verwendung)\b.{0,20}\bdaten\b/),
  phrase('erase', /\b(meine|alle|samtliche)\b.{0,20}\b(daten|nachrichten|angaben)\b.{0,20}\blosch\w*\b/),
  phrase('erase', /\blosch\w*\b.{0,20}\b(meine|alle|samtliche|alles)\b/),
  phrase('access', /\bwelche\b.{0,10}\bdaten\b.{0,30}\b(uber|von) mi(ch|r)\b/),
  phrase('access', /\b(kopie|auskunft)\b.{0,20}\bmeiner?\b.{0,20}\bdaten\b/),
  // fr
  phrase('rectify', /\b(rectifi\w+|corrig\w+)\b.{0,20}\bmes\b.{0,10}\bdonnees\b/),
  phrase('restrict', /\blimit\w+\b.{0,20}\btraitement\b.{0,20}\bdonnees\b/),
  phrase('port', /\b(transfer\w+|export\w+)\b.{0,20}\bmes\b.{0,10}\bdonnees\b/),
  phrase('object', /\bm oppose\b.{0,30}\b(traitement|utilisation)\b.{0,20}\bdonnees\b/),
  phrase('erase', /\b(effacez?|supprimez?|effacer|supprimer)\b.{0,20}\b(mes|toutes)\b.{0,20}\b(donnees|messages|informations)\b/),
  phrase('access', /\bquelles\b.{0,10}\bdonnees\b.{0,30}\bsur moi\b/),
  phrase('access', /\bcopie\b.{0,20}\bmes\b.{0,10}\bdonnees\b/),
  // es
  phrase('rectify', /\b(rectifi\w+|corrij\w+|correg\w+)\b.{0,20}\bmis\b.{0,10}\bdatos\b/),
  phrase('restrict', /\blimit\w+\b.{0,20}\btratamiento\b.{0,20}\bdatos\b/),
  phrase('port', /\b(transf\w+|export\w+)\b.{0,20}\bmis\b.{0,10}\bdatos\b/),
  phrase('object', /\bme opongo\b.{0,30}\b(tratamiento|uso)\b.{0,20}\bdatos\b/),
  phrase('erase', /\b(borr\w+|elimin\w+|suprim\w+)\b.{0,20}\b(mis|todos)\b.{0,20}\b(datos|mensajes|informacion)\b/),
  phrase('access', /\bque\b.{0,10}\bdatos\b.{0,30}\bsobre mi\b/),
  phrase('access', /\bcopia\b.{0,20}\bmis\b.{0,10}\bdatos\b/),
  // it
  phrase('rectify', /\b(rettific\w+|corregg\w+)\b.{0,20}\bi miei\b.{0,10}\bdati\b/),
  phrase('restrict', /\blimit\w+\b.{0,20}\btrattamento\b.{0,20}\bdati\b/),
  phrase('port', /\b(trasfer\w+|esport\w+)\b.{0,20}\bi miei\b.{0,10}\bdati\b/),
  phrase('object', /\bmi oppongo\b.{0,30}\b(trattamento|uso)\b.{0,20}\bdati\b/),
  phrase('erase', /\b(cancell\w+|elimin\w+)\b.{0,20}\b(i miei|tutti)\b.{0,20}\b(dati|messaggi)\b/),
  phrase('access', /\bquali\b.{0,10}\bdati\b.{0,30}\bsu di me\b/),
  phrase('access', /\bcopia\b.{0,20}\bmiei\b.{0,10}\bdati\b/),
  // nl
  phrase('rectify', /\b(corrigeer\w*|rectificeer\w*|verbeter\w*)\b.{0,20}\bmijn\b.{0,20}\bgegevens\b/),
  phrase('restrict', /\bbeperk\w*\b.{0,20}\bverwerking\b.{0,20}\bgegevens\b/),
  phrase('port', /\b(exporteer\w*|draag)\b.{0,20}\bmijn\b.{0,20}\bgegevens\b/),
  phrase('object', /\bbezwaar\b.{0,30}\b(verwerking|gebruik)\b.{0,20}\bgegevens\b/),
  phrase('erase', /\b(verwijder\w*|wis\w*)\b.{0,20}\b(mijn|al mijn|alle)\b.{0,20}\b(gegevens|data|berichten)\b/),
  phrase('access', /\bwelke\b.{0,10}\bgegevens\b.{0,30}\b(over|van) mij\b/),
  phrase('access', /\b(kopie|inzage)\b.{0,20}\bmijn\b.{0,20}\bgegevens\b/),
  // pl
  phrase('rectify', /\b(sprostuj\w*|popraw\w*)\b.{0,20}\bmoje\b.{0,20}\bdane\b/),
  phrase('restrict', /\bogranicz\w*\b.{0,20}\bprzetwarzani\w*\b.{0,20}\bdanych\b/),
  phrase('port', /\b(przenies\w*|wyeksportuj\w*)\b.{0,20}\bmoje\b.{0,20}\bdane\b/),
  phrase('object', /\bsprzeciw\w*\b.{0,30}\b(przetwarzani\w*|wykorzysta\w*)\b.{0,20}\bdanych\b/),
  phrase('erase', /\b(usun\w*|skasuj\w*|wykasuj\w*)\b.{0,20}\b(moje|wszystkie)\b.{0,20}\b(dane|wiadomosci)\b/),
  phrase('access', /\bjakie\b.{0,20}\bdane\b.{0,20}\bo mnie\b|\bjakie\b.{0,20}\bo mnie\b.{0,20}\bdane\b/),
  phrase('access', /\bkopi\w*\b.{0,20}\bmoich\b.{0,10}\bdanych\b/),
  // pt
  phrase('rectify', /\b(retifi\w+|corrij\w+|corrig\w+)\b.{0,20}\bmeus\b.{0,10}\bdados\b/),
  phrase('restrict', /\blimit\w+\b.{0,20}\btratamento\b.{0,20}\bdados\b/),
  phrase('port', /\b(transf\w+|export\w+)\b.{0,20}\bmeus\b.{0,10}\bdados\b/),
  phrase('object', /\boponho me\b.{0,30}\b(tratamento|uso)\b.{0,20}\bdados\b/),
  phrase('erase', /\b(apag\w+|exclu\w+|elimin\w+)\b.{0,20}\b(meus|todos)\b.{0,20}\b(dados|mensagens)\b/),
  phrase('access', /\bque\b.{0,10}\bdados\b.{0,30}\bsobre mim\b/),
  phrase('access', /\bcopia\b.{0,20}\bmeus\b.{0,10}\bdados\b/),
]; // prettier-ignore
