// Wishes to hear no more, in German.
import { stopRules } from './rules.js';

const r = String.raw;
const LIST = r`(?:verteiler|liste|mailingliste|newsletter|kartei|kontakten?|datenbank|adressbuch|empfangerliste)`;
const TELL = r`(?:kontaktier\w*|schreib\w*|schick\w*|zuschick\w*|sende\w*|zusend\w*|anschreib\w*|angeschrieben|anruf\w*|anmail\w*|melde\w*|nerv\w*|belastig\w*|stor\w*|behellig\w*|zuspam\w*|spamm?\w*)`;

export const DE = stopRules({
  nouns: r`nachricht(?:en)?|werbung|reklame|newsletter|spam|sms|mails?|e mails?|angeboten?|aktionen|benachrichtigungen|whatsapps?|werbe\w+|infopost|kontaktaufnahmen?`,
  certain: [
    r`\b(?:lasst|lass|lassen sie) (?:mich|uns) (?:\w+ ){0,2}(?:in ruhe|in frieden|zufrieden)\b`,
    r`\b(?:nehmt|nehmen sie|nimm|streicht|streichen sie|streich|entfernt|entfernen sie|entferne|loscht|loschen sie|losch|losche|tragt|tragen sie|trag|werft|schmeisst) (?:mich|uns|meine (?:handy|telefon|mobil)?(?:nummer|adresse|daten)|meinen (?:namen|kontakt)) .{0,12}\b(?:aus|von|vom)\b`,
    r`\b(?:von|aus|vom) (?:dieser|eurer|ihrer|der|dem|eurem|ihrem|diesem)? ?${LIST} (?:wieder )?(?:runter|raus|weg|herunter|abmelden|loschen|nehmen|streichen|austragen|entfernen)`,
    r`\b(?:loscht|losch|loschen sie|vergesst|vergiss|vergessen sie) meine (?:handy|telefon|mobil)?nummer\b`,
    r`\b(?:meldet|melden sie|meld|melde) mich\b.{0,20}\bab\b|\b(?:tragt|tragen sie|trag) mich\b.{0,30}\baus\b|\babbestell\w*|\bbin raus\b`,
    r`\bnewsletter\b.{0,15}\b(?:kundig\w*|abbestell\w*|abmeld\w*|stornier\w*|beend\w*|stopp\w*|austragen)|\b(?:kundig\w*|abmeld\w*|stopp\w*|beend\w*|austragen)\b.{0,15}\bnewsletter`,
    r`^(?:\w+ )?(?:hort|hor|horen sie|horts) (?:\w+ ){0,3}auf\b`,
    r`\b(?:widerrufe?|ziehe|widerruf)\b.{0,30}\b(?:einwilligung|zustimmung)\b|\bwiderspr\w+\b.{0,50}\b(?:werb\w*|nutzung|verwendung|verarbeitung|marketing|profiling)\b`,
    r`^(?:ich habe )?kein interesse(?: mehr| danke| vielen dank)*$|\bkein interesse\b.{0,25}\b(?:${TELL}|mehr)\b`,
    r`\bkeine (?:weiteren? |solchen? )?<N> mehr\b(?! bekommen| erhalten| gekommen| an)|\b(?:genug|schluss|aufhoren)\b.{0,10}\bmit\b.{0,15}<N>`,
    r`\bvon (?:weiterer |jeder |kunftiger )?werbung\b.{0,12}\b(?:abzusehen|absehen|ab)\b|\bverzichte\w* auf .{0,12}(?:werbung|newsletter|angebote)`,
  ],
  likely: [
    r`\b(?:kein\w*|nichts?)\b.{0,25}\ban (?:diese|meine) (?:nummer|adresse)\b`,
    r`\babmelden\b|\baustragen\b|\bschluss (?:damit|jetzt)\b`,
    r`\b(?:will|mochte|moechte|mag|wunsche|wollen|mochten)\b.{0,30}\b(?:keine\w*|nichts?|nie)\b.{0,30}(?:<N>|\bhoren\b|\bkontaktiert\b|angeschrieben|\bgenervt\b|belastigt|zugespammt)`,
    r`\b(?:will|mochte|moechte)\b.{0,15}\bnichts? (?:mehr|langer|weiter)\b.{0,20}\b(?:bekommen|erhalten|horen|haben|kriegen|lesen|sehen|empfangen)\b`,
    r`\b(?:nicht|nichts|nie) (?:mehr|wieder|weiter|langer)\b.{0,15}\b${TELL}`,
    r`\b(?:schreib|schreibt|schreiben sie|schick|schickt|schicken sie|sendet|sende|senden sie|kontaktiert|kontaktieren sie|meldet|melden sie|ruft|rufen sie) (?:mir|mich|uns|euch|sich|sie)? ?(?:bei mir )?(?:nichts?|nie|keine) ?(?:mehr|wieder|langer|weiteren?|solchen?)?(?: <N>| an| mehr)*$`,
    r`\b(?:stoppt?|stoppen sie|beendet|beenden sie|unterlasst|unterlassen sie)\b.{0,20}<N>`,
    r`<N>.{0,25}\b(?:einstellen|einzustellen|unterlassen|abstellen|abschalten)\b|\b(?:einstellen|unterlassen|abstellen)\b.{0,20}<N>|\bstell(?:t|en sie) .{0,30}\b(?:kommunikation|kontakt|<N>).{0,6}\bein\b`,
    r`\b(?:nie|niemals|nicht|nirgends)\b.{0,12}\b(?:angemeldet|abonniert|eingewilligt|zugestimmt|eingetragen)\b`,
    r`^keine (?:weiteren? |solchen? )?<N>(?: mehr| danke| vielen dank)*$|\bverschont mich\b|\bes reicht\b.{0,10}\bmit\b`,
    r`\b(?:lieber|besser) (?:keine|nichts?)\b.{0,20}(?:<N>|\b(?:bekommen|erhalten|kriegen)\b)`,
  ],
  unless: r`lieferung|bestellung\w*|pakete?s?|adresse|rechnung\w*|klingel\w*|konto|login|logge|einloggen|anmelden|knopf|button|kurs\w*|termin\w*|veranstaltung|seminar|vor (?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|acht|neun|zehn)|app|geht nicht|funktioniert nicht|nicht bekommen|nie bekommen|passwort`,
});
