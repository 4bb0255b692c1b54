// Wishes to hear no more, in Italian.
import { stopRules } from './rules.js';

const r = String.raw;
const TELL = r`(?:scriver\w+|scrivet\w+|mandar\w+|mandat\w+|inviar\w+|inviat\w+|contattar\w+|contattat\w+|ricontatt\w+|disturbar\w+|disturbat\w+|chiamarmi|chiamatemi|spammar\w+|importunar\w+|tempestar\w+|scocciar\w+|rompere)`;

export const IT = stopRules({
  nouns: r`messagg\w+|pubblicita|reclame|spam|sms|mail|email|e mail|newsletter|offerte|promozioni|promo|notifiche|avvisi|comunicazion\w+|marketing|whatsapp|annunci|proposte commerciali`,
  certain: [
    r`\blasciate?mi (?:\w+ )?(?:in pace|stare|perdere|tranquill\w)\b|\blasciami (?:\w+ )?(?:in pace|stare)\b`,
    r`\bdisiscri\w+|\b(?:toglietemi|toglimi|rimuovetemi|rimuovimi|eliminatemi|eliminami|cancellatemi|cancellami|levatemi|depennatemi)\b|\b(?:voglio|vorrei) cancellarmi\b`,
    r`\b(?:toglie\w+|togli|levat\w+|rimuov\w+|elimin\w+|cancell\w+|dimentic\w+|depennat\w+) (?:il )?mi(?:o|ei) (?:numero|nome|contatto|recapiti?|telefono)\b`,
    r`\b(?:esco|uscire|uscirne|togliermi|cancellarmi) da(?:lla)? (?:questa|vostra|sta|la vostra)? ?lista\b`,
    r`\bdisd\w+\b.{0,20}\b(?:newsletter|iscrizione alla)\b|\bannull\w+\b.{0,15}\b(?:newsletter|iscrizione alla)\b`,
    r`\b(?:revoco|ritiro)\b.{0,20}\bconsenso\b|\bmi oppongo\b.{0,50}\b(?:marketing|pubblicita|dati|profilazione|trattamento|commercial\w+)`,
    r`^non (?:mi interessa|mi interessano|sono interessat\w)(?: grazie| piu| per niente)*$|\bnon (?:mi interessa|sono interessat\w)\b.{0,15}\b(?:non|piu|smett\w+|basta)\b`,
    r`\b(?:basta|stuf\w|stanc\w|abbastanza|stop)\b (?:con |di |del |della |delle |dei )?(?:il |la |le |i |gli |vostr\w |ste |quest\w )?(?:pubblicita|reclame|spam|promozioni|offerte|annunci|newsletter|messaggi|sms)\b`,
  ],
  likely: [
    r`\b(?:smett\w+|finit\w+|finisc\w+|finiamol\w|piantat\w+|cessat\w+|cess\w+|basta|stop)\b(?: di| con| la| le| subito| ogni)*(?: \w+){0,2} (?:<N>|${TELL})|\bsmett\w+la$`,
    r`\bnon (?:mi |ci )?(?:scriv\w+|contatt\w+|ricontatt\w+|mandate\w*|manda\w*|inviate\w*|chiamate\w*|disturbate\w*|cercate\w*)(?: \w+){0,2} (?:piu|mai)\b`,
    r`\bnon (?:scrivetemi|contattatemi|ricontattatemi|disturbatemi|mandatemi piu|scrivermi|contattarmi|scrivermi piu|mandatemi <N>)\b(?! prima| dopo)`,
    r`\bnon (?:voglio|desidero|vorrei|vogliamo|intendo|gradisco)\b(?: piu)?.{0,12}\b(?:ricever\w+|sentir\w+|<N>|essere (?:contattat\w|disturbat\w)|avere vostr\w+|aver\w+ a che fare)`,
    r`\bprefer\w+ non\b.{0,6}\b(?:ricever\w+|essere|aver\w+)\b`,
    r`\b(?:niente|nessun\w?|mai) (?:piu |altr\w )?<N>(?: grazie| a questo numero| su questo numero)*$|^(?:no|zero) <N>(?: grazie)*$`,
    r`\bnon (?:mi sono|ho|ci siamo)\b.{0,6}\b(?:iscritt\w|registrat\w|chiesto|richiesto|autorizzat\w|dato il consenso)\b.{0,20}\b(?:smett\w+|basta|quest\w|nulla|ricever\w+|newsletter|vostr\w)`,
    r`\bcome (?:blocco|fermo|smetto di ricevere|disattivo)\b.{0,15}<N>`,
  ],
  unless: r`consegn\w+|ordin\w+|pacc\w+|fattur\w+|indirizzo|suonate|prima|app|ricevuto|ricevo|arriv\w+|posate|garanzia|password|codice`,
});
