// Wishes to hear no more, in English.
import { stopRules } from './rules.js';

const r = String.raw;
const VERB = r`(?:messag(?:e|ing)|text(?:ing)?|writ(?:e|ing)(?: to)?|contact(?:ing)?|spam(?:ming)?|email(?:ing)?|mail(?:ing)?|bother(?:ing)?|harass(?:ing)?|pester(?:ing)?|disturb(?:ing)?|bug(?:ging)?|ping(?:ing)?|call(?:ing)?|whatsapp(?:ing)?)`;

export const EN = stopRules({
  nouns: r`messages?|texts?|txts|sms|whatsapps?|e ?mails?|mails?|newsletters?|offers|promos?|promotions?|ads?|adverts?|advertising|advertisements?|marketing|spam|notifications?|updates|broadcasts?|campaigns?|junk|contact|communications?`,
  certain: [
    r`\b(?:unsubscribe|unsub|opt(?:ing)? (?:me )?out|optout)\b`,
    r`\b(?:take|get|strike|remove|delete|erase|drop) (?:me|us|my (?:phone |mobile )?(?:number|name|contact|details)) (?:off|from|out of)\b`,
    r`\b(?:get|be|come) off (?:of )?(?:this|your|the|that) (?:\w+ )?list\b|\boff (?:this|your|the) (?:mailing |contact )?list\b`,
    r`\b(?:lose|forget|delete|remove) my (?:phone |mobile )?number\b`,
    r`\bleave (?:me|us) (?:alone|be|in peace)\b|\bgo away\b|\bget lost\b|\bi want out\b|\bcount me out\b`,
    r`\b(?:withdraw|revoke|take back|retract)\b.{0,20}\bconsent\b|\bobject(?:ion)? to\b.{0,40}\b(?:marketing|advert\w*|profiling|use of my data|my data)`,
    r`\bcancel\b.{0,15}\b(?:newsletter|mailing list)\b|\bcancel my subscription to (?:the|your) (?:list|offers|updates|news)\b`,
    r`^(?:i m |im |i am )?(?:really )?not interested(?: thanks| thank you| anymore| any more| at all)*$`,
    r`\bnot interested\b.{0,30}\b(?:again|anymore|any more|${VERB} me)\b`,
    r`\bno (?:more|further) <N>|\b(?:enough|done|fed up|sick|tired)\b.{0,12}\b(?:with|of)\b.{0,15}\b(?:spam|ads|adverts|advertising|promos|promotions|marketing|newsletters?|offers)\b`,
  ],
  likely: [
    r`\b(?:stop|quit|cease|halt|discontinue)\b(?: \w+){0,3} (?:${VERB}|sending|<N>)`,
    r`\bstop (?:it|this|that|these|doing this|doing that)(?: now| already| thanks| immediately)*$`,
    r`\b(?:do not|don t|dont|never|no longer)\b(?: ever)? ${VERB} (?:me|us)\b(?: again| anymore| any more| ever| with \w+)*$`,
    r`\b(?:do not|don t|dont|never) (?:send|give|forward) (?:me|us)\b(?: any)?(?: more| further)*(?: of (?:this|these|your))? ?(?:<N>|anything|stuff|these|this|$)`,
    r`\b(?:do not|don t|dont|no longer|not|never)\b(?: \w+){0,2} (?:want|wish|like|care|need)\b.{0,30}\b(?:hear from|<N>|contacted|messaged|bothered|texted|on your list)`,
    r`\b(?:rather|prefer)\b.{0,12}\bnot\b.{0,12}\b(?:receive|get|hear|be (?:contacted|messaged|texted))\b`,
    r`\b(?:didn t|did not|never|havent|haven t)\b.{0,12}\b(?:sign|signed|subscribe|subscribed|ask|asked|agree|agreed)\b.{0,6}\b(?:for|to) (?:this|these|any|your|get|receive|be|it)\b`,
    r`\bhow (?:do|can) i (?:stop|get out of|leave|turn off|disable|block)\b.{0,12}\b(?:this|these|getting|receiving|<N>)`,
    r`^(?:no|stop the|stop all) (?:\w+ )?(?:ads|adverts|spam|marketing|advertising|promos|promotions|newsletters?|messages|texts)(?: thanks| thank you)?$`,
  ],
  unless: r`orders?|parcels?|packages?|delivery|deliver|invoices?|bill|address|tracking|doorbell|bell|before|until|after|by mistake|password|code|warranty|the app|my app`,
});
