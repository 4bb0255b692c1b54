// Wishes for one's rights, in German.
import type { RightsWords } from './rules.js';

const r = String.raw;

export const DE: RightsWords = {
  mine: r`(?:meiner?|meinen|alle|samtlichen?) (?:(?:personlichen|personenbezogenen|eigenen|gespeicherten|kompletten|meine) )?(?:daten|angaben|infos?|informationen|stammdaten)|daten (?:von mir|zu mir|uber mich)|(?:zu|uber) (?:meiner person|mich|mir) .{0,30}daten|profil von mir`,
  utterances: r`meiner? (?:nachrichten|chats?|gesprache|verhalten)|mein verhalten`,
  aboutMe: r`(?:was|welche|alles|wieviel|wie viel)\b.{0,40}\b(?:uber mich|zu mir|von mir|zu meiner person)\b(?=.{0,30}\b(?:gespeichert|hinterlegt|habt|haben|wisst|wissen|vorliegt|gesammelt|speichert|speichern))|(?:was|welche|alles)\b.{0,15}\b(?:wisst|wissen|habt|haben|speichert|speichern|sammelt)\b.{0,25}\b(?:uber mich|zu mir|von mir)|uber mich (?:gespeichert|hinterlegt)|zu meiner person gespeichert\w*`,
  give: r`mir\b.{0,60}\b(?:schick\w*|zuschick\w*|send\w*|zusend\w*|geben|gebt|zeigen|nennen|mitteilen|aushandigen|zukommen)|(?:schick\w*|send\w*|gebt|gib|geben sie|zeig\w*|nenn\w*) (?:sie )?(?:\w+ )?(?:mir|mal)|kopie|auskunft|einsehen|einsicht|(?:mochte|will|kann|darf|wurde gern\w*|hatte gern\w*)\b.{0,50}\b(?:sehen|haben|bekommen|erhalten|wissen)`,
  fix: r`berichtig\w*|korrigier\w*|andern|andert|andere|anpassen|anpasst|aktualisier\w*|falsch\w*|stimmt nicht|stimmen nicht|stimmt was nicht|stimmt etwas nicht|veraltet\w*|fehler\w*|nicht korrekt|nicht richtig|inkorrekt|verkehrt|richtigstell\w*|richtig stellen`,
  field: r`mein(?:e|en)? (?:\w+ )?(?:name|namen|nachname|nachnamen|vorname|vornamen|geburtsdatum|geburtstag|telefonnummer|handynummer|nummer|e ?mail(?: ?adresse)?|mail ?adresse|adresse|anschrift)|(?:nummer|adresse|anschrift|name|e ?mail(?: ?adresse)?|telefonnummer) von mir|das geburtsdatum`,
  held: r`bei (?:euch|ihnen)|in (?:eurem|ihrem|meinem) (?:\w+ )?(?:system|profil|konto|akte|datenbank|kundenkonto)|in (?:eurer|ihrer|meiner) (?:\w+ )?(?:akte|datenbank|kartei)|hinterlegt|gespeichert|habt ihr (?:noch )?(?:von mir|meine)|haben sie (?:noch )?(?:von mir|meine)|(?:ihr|sie) (?:habt|haben)`,
  freeze: r`sperr(?:t|en|en sie|e)?|einschrank\w*|eingeschrankt|schrank\w*|einfrier\w*|frier\w*|blockier\w*|auf eis|aussetz\w*|pausier\w*|einzuschranken`,
  unused: r`(?:nicht|nirgends|keinesfalls)\b.{0,25}\b(?:benutz\w*|nutz\w*|verwend\w*|verarbeit\w*|auswert\w*|weiterverarbeit\w*|anruhr\w*)|(?:benutz\w*|nutz\w*|nutzen sie|verwend\w*|verarbeit\w*|auswert\w*)\b.{0,50}\bnicht\b|nur noch speichern|nicht mehr verwenden`,
  meanwhile: r`bis|vorerst|vorubergehend|erstmal|erst mal|zunachst|solange|einstweilen|derzeit|momentan`,
  kept: r`behaltet|behalten|aufbewahren|speichern|nicht (?:\w+ ){0,5}losch\w*|losch\w* (?:\w+ ){0,4}nicht|aufheben`,
  move: r`exportier\w*|export|ubertrag\w*|mitnehm\w*|umzieh\w*|weiterleit\w*|maschinenlesbar\w*|gangige\w* format|einspiel\w*|importier\w*|ubergeb\w*|ubermittel\w*|zum mitnehmen`,
  elsewhere: r`(?:andere\w*|neue\w*) (?:\w+ )?(?:anbieter|firma|dienstleister|unternehmen|betreiber)|konkurrenz|woanders|anderswo`,
  oppose: r`widerspr\w*|widerspruch|einspruch|dagegen|gegen die|nicht einverstanden|(?:will|mochte|moechte) nicht|nicht dass|lehne|verbiete|untersage|durft\b.{0,40}\bnicht|durfen\b.{0,40}\bnicht|keine (?:erlaubnis|zustimmung)`,
  use: r`nutz\w*|benutz\w*|verwend\w*|verarbeit\w*|auswert\w*|ausgewertet|analys\w*|profil\w*|statistik\w*|trainier\w*|training|ki`,
  ends: r`statistik\w*|analys\w*|auswertung\w*|profil\w*|ki|training|trainier\w*|forschung`,
  profiling: r`kein\w* profile? (?:\w+ )?(?:von|uber) mi(?:r|ch)|profilbildung\b.{0,20}\bwidersprech\w*|widersprech\w*\b.{0,30}\bprofil(?:bildung|ing)|profil\b.{0,15}\b(?:von mir|uber mich)\b.{0,25}\bnicht`,
  named: {
    access: r`auskunftsrecht|auskunftsersuchen|recht auf auskunft|datenauskunft|auskunft (?:nach|gem|gemass)`,
    rectify: r`recht auf berichtigung|antrag auf berichtigung`,
    restrict: r`einschrankung der verarbeitung|recht auf einschrankung|einschrankung meiner daten`,
    port: r`datenubertragbarkeit|datenportabilitat`,
    object: r`widerspruchsrecht|recht auf widerspruch|widerspruch (?:nach|gem|gemass)`,
  },
  otherwise: r`ich (?:hab|habe)\b.{0,50}\b(?:gegeben|geschickt|gesendet|mitgeteilt|geandert|aktualisiert|korrigiert)|(?:soll|kann|darf) ich (?:euch|ihnen)|ich (?:gebe|schicke|sende) (?:euch|ihnen)|(?:habt ihr|haben sie)\b.{0,30}\b(?:bekommen|erhalten)|hier (?:sind |kommen )?meine|daten\b.{0,20}\bsicher|(?:gebe|trage) ich|brauch(?:t|en) (?:ihr|sie)|verloren|daten weg`,
  business: r`bestell\w*|auftrag\w*|rechnung\w*|quittung|buchung\w*|reservier\w*|termin\w*|liefer\w*|paket\w*|versand\w*|preis\w*|gutschein\w*|warenkorb|ticket\w*|rucksendung|sendungsnummer|datenblatt|technische\w*|grosse|torte`,
};
