// Wishes to hear no more, in Polish.
import { stopRules } from './rules.js';

const r = String.raw;
const TELL = r`(?:pisa\w+|wysyla\w+|przysyla\w+|neka\w+|spamowa\w+|dzwoni\w+|kontaktowa\w+|zawraca\w+|meczy\w+|niepokoi\w+|nagabywa\w+|smsowa\w+)`;

export const PL = stopRules({
  nouns: r`wiadomos\w+|reklam\w*|spam\w*|sms\w*|mail\w*|newslett\w+|ofert|promocj\w+|powiadomi\w+|marketing\w*|informacj\w+ handlow\w+|ogloszen\w*`,
  certain: [
    r`\bda(?:j|jcie|je) (?:mi|nam) (?:\w+ ){0,2}spokoj\b|\bzostaw(?:cie)? mnie\b.{0,12}\bspokoj\w*|\bodczep\w+ sie\b`,
    r`\bwypis\w+ (?:mnie|sie|nas)\b|\b(?:mnie|sie|nas) (?:\w+ )?wypis\w+|\bwyrejestr\w+ (?:mnie|sie)\b|\bodsubskryb\w+`,
    r`\brezygn\w+ (?:z|ze) (?:\w+ )?(?:newslett\w+|subskrypcji|otrzymywania|wiadomosci|reklam|powiadomien|ofert|smsow)\b`,
    r`\b(?:wykresl\w+|usun\w*|skasuj\w*|wyrzuc\w*|zapomnij\w*) (?:mnie|nas|moj (?:numer|telefon|kontakt))\b(?:.{0,4}\b(?:z|ze)\b.{0,15}\b(?:list\w*|baz\w*|kontakt\w*|newslett\w*|bazy)\b|$)|\b(?:zapomnijcie|usuncie|skasujcie|wykreslcie) moj numer\b`,
    r`\b(?:wycofuje|cofam|odwoluje)\b.{0,12}\bzgod\w+|\bsprzeciw\w*\b.{0,50}\b(?:marketing\w*|reklam\w*|przetwarzani\w*|profilowani\w*)`,
    r`^nie (?:jestem zainteresowan\w+|interesuje mnie(?: to)?)(?: dziekuje| dzieki)*$|\bnie jestem zainteresowan\w+\b.{0,15}\b(?:nie|wiecej|przesta\w+)\b`,
    r`\b(?:dosc|koniec|stop)\b (?:z |ze |juz )?(?:tych |tymi |waszych |waszego |waszymi |tej |ta )?(?:reklam\w*|spamu?|spamem|ofert\w*|newslett\w+|smsow|smsami|promocj\w+)\b`,
  ],
  likely: [
    r`\b(?:przestan\w*|przestac|skoncz\w*|dosc|koniec|stop|zaprzesta\w+|zakoncz\w*)\b(?: juz| z| mnie| mi| do mnie| nas)*(?: \w+){0,3} (?:<N>|${TELL}|komunikacj\w+)`,
    r`\b(?:wiecej|juz|nigdy)\b.{0,10}\bnie (?:${TELL}|piszcie|pisz|wysylajcie|przysylajcie|kontaktujcie|dzwoncie)|\bnie (?:${TELL}|piszcie|pisz|wysylajcie|przysylajcie|kontaktujcie|dzwoncie)\b.{0,12}\b(?:wiecej|juz|nigdy)\b`,
    r`\bnie (?:piszcie|pisz|pisac|kontaktujcie|kontaktuj|kontaktowac|nekajcie|spamujcie|niepokojcie|przysylajcie|wysylajcie)(?: sie| ze mna| do mnie| mi| mnie)*$|\bnie (?:wysylajcie|przysylajcie|wysylac|przysylac)\b.{0,12}<N>`,
    r`\bnie (?:chce|zycze sobie|zyczymy sobie|chcemy|wyrazam zgody)\b.{0,20}(?:<N>|\b(?:dostawac|otrzymywac|od was|slyszec|kontakt\w*|wiecej nic)\b)`,
    r`\bwole\b.{0,10}\bnie (?:dostawac|otrzymywac|miec)\b|\bnic juz od was\b`,
    r`^(?:zadnych|bez|zadnej|zero|stop) (?:\w+ )?<N>(?: wiecej| juz| na ten numer)*(?: dziekuje| dzieki)*$`,
    r`\bnigdy\b.{0,12}\b(?:zapisywa\w+|zapisal\w+|zgadza\w+|wyraza\w+|prosil\w+)`,
    r`\bjak (?:zablokowac|wylaczyc|zatrzymac)\b.{0,12}<N>|\bprzestac to\b`,
  ],
  unless: r`zamowieni\w*|zamowien|przesylk\w*|paczk\w*|dostaw[aeiy]?|faktur\w*|adres\w*|przed|aplikacj\w*|dostalem|dostalam|dostaje|doszl\w*|sztucc\w*|gwarancj\w*|hasl\w*|kod\w*`,
});
