// Wishes to hear no more, in Dutch.
import { stopRules } from './rules.js';

const r = String.raw;
const TELL = r`(?:appen|sturen|mailen|schrijven|lastig\w*|bellen|spammen|benaderen|contacteren|berichten|sms en|smsen|toesturen)`;

export const NL = stopRules({
  nouns: r`berichten?|berichtjes?|appjes?|reclames?|spam|sms|smsjes|mails?|mailtjes|nieuwsbrie\w+|aanbiedingen|promoties?|meldingen|advertenties|marketing|mailings?|acties|updates|reclameberichten|folders`,
  certain: [
    r`\blaat (?:mij|me|ons) (?:\w+ ){0,2}met rust\b`,
    r`\b(?:schrijf|schrijven|meld|melden) (?:mij|me|ons)\b.{0,12}\b(?:uit|af)\b|\b(?:uitschrijven|afmelden|uitschrijving|afmelding)\b`,
    r`\b(?:haal|halen|verwijder|verwijderen|schrap|wis|gooi) (?:mij|me|mijn (?:telefoon)?(?:nummer|naam|gegevens|contact))\b.{0,12}\b(?:van|uit)\b`,
    r`\b(?:van|uit) (?:deze|de|jullie|die|uw) (?:\w+ )?(?:lijst|mailinglijst|mailing) (?:af|weg|halen|gehaald)\b|\bkom ik (?:van|uit) (?:deze|die|de|jullie|uw)\b`,
    r`\b(?:vergeet|verwijder|wis) mijn (?:telefoon)?nummer\b`,
    r`\btrek\b.{0,20}\btoestemming\b.{0,10}\bin\b|\btoestemming\b.{0,15}\bintrekken\b|\bbezwaar\b.{0,30}\b(?:marketing|reclame|gebruik|profilering|direct|verwerking)\b`,
    r`\bnieuwsbrief\b.{0,12}\b(?:opzeg\w+|stopzet\w+|annuleren|stoppen)\b|\b(?:opzeggen|stopzetten|annuleer|annuleren)\b.{0,15}\bnieuwsbrief\b`,
    r`^(?:ik heb )?geen interesse(?: meer| bedankt| dank je| dank u)*$|\bgeen interesse\b.{0,20}\b(?:niet|meer|stop\w*)\b`,
    r`\b(?:genoeg|klaar|stop|kappen|kap|hou op|houd op|zat)\b.{0,6}\b(?:met|van)\b.{0,10}\b(?:spam|reclame|aanbiedingen|advertenties|berichten|berichtjes|nieuwsbrie\w+|appjes|mails)\b|\bgeen (?:reclame|spam|aanbiedingen|advertenties|marketing) meer\b`,
  ],
  likely: [
    r`\b(?:stop|stoppen|hou|houd|houden|ophouden|kap|kappen|staak|staken)\b(?: op| nou| eens| toch| alle| direct)*(?: met| van)?(?: \w+){0,2} (?:<N>|${TELL}|communicatie|contact)\b|\b(?:stop|hou op|houd op|kap) (?:er ?mee|hier ?mee|daar ?mee)\b|\bhiermee (?:op ?houden|stoppen)\b|\bhiermee op\b`,
    r`\bgeen contact (?:meer|met)\b|\bneem (?:\w+ )?geen contact\b`,
    r`\b(?:schrijf|stuur|app|mail|bel|contacteer|sms|benader|stuurt) (?:me|mij|ons) (?:\w+ )?(?:niet|niks|niets|nooit|geen \w+) (?:meer|weer)\b`,
    r`\b(?:niet|niks|niets|nooit) (?:meer|weer)\b.{0,10}\b${TELL}\b`,
    r`\b(?:wil|willen|wens|wensen|hoef|hoeven)\b.{0,12}\b(?:geen|niks|niets|niet)\b.{0,15}(?:<N>|\bmeer (?:van|horen|ontvangen|krijgen)|\bhoren\b|\bbenaderd\b|\bmeer$)`,
    r`\b(?:krijg|ontvang|heb)\b.{0,10}\bliever (?:niet|geen|niks)\b|\bliever geen <N>`,
    r`^(?:\w+ )?geen <N>(?: meer| bedankt| graag| dank je| naar dit nummer| op dit nummer)*$|<N>(?: \w+)? zat\b`,
    r`\bnooit\b.{0,15}\b(?:aangemeld|ingeschreven|om gevraagd|toestemming)\b`,
    r`\bhoe (?:stop|blokkeer|zet) ik\b.{0,15}<N>(?:.{0,6}\buit\b)?`,
  ],
  unless: r`levering|leveren|bestelling\w*|pakket\w*|factuur|adres|aanbellen|voor (?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)|de app|krijg geen|gehad|gekregen|bestek|inloggen|wachtwoord|aan|cursus`,
});
