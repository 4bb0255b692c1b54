// Wishes to be erased in people's own words, over normalised text (no accents, no punctuation), and what looks like one and asks for the opposite.
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

const ERASES: readonly RegExp[] = [
  // en
  /\b(delete|erase|remove|wipe|destroy)\b.{0,30}\b(my|all|everything).{0,20}\b(data|information|info|details|messages|history|account|records?)\b/,
  /\b(forget)\b.{0,10}\b(me|about me)\b/,
  // de
  /\b(meine|alle|samtliche)\b.{0,20}\b(daten|nachrichten|angaben)\b.{0,20}\blosch\w*\b/,
  /\blosch\w*\b.{0,20}\b(meine|alle|samtliche|alles)\b/,
  // fr
  /\b(effacez?|supprimez?|effacer|supprimer)\b.{0,20}\b(mes|toutes)\b.{0,20}\b(donnees|messages|informations)\b/,
  // es
  /\b(borr\w+|elimin\w+|suprim\w+)\b.{0,20}\b(mis|todos)\b.{0,20}\b(datos|mensajes|informacion)\b/,
  // it
  /\b(cancell\w+|elimin\w+)\b.{0,20}\b(i miei|tutti)\b.{0,20}\b(dati|messaggi)\b/,
  // nl
  /\b(verwijder\w*|wis\w*)\b.{0,20}\b(mijn|al mijn|alle)\b.{0,20}\b(gegevens|data|berichten)\b/,
  // pl
  /\b(usun\w*|skasuj\w*|wykasuj\w*)\b.{0,20}\b(moje|wszystkie)\b.{0,20}\b(dane|wiadomosci)\b/,
  // pt
  /\b(apag\w+|exclu\w+|elimin\w+)\b.{0,20}\b(meus|todos)\b.{0,20}\b(dados|mensagens)\b/,
]; // prettier-ignore

/** @param said normalised, without polite words */
export const asksToErase = (said: string): boolean => ERASES.some((one) => one.test(said)) && !SPARED.test(said);
