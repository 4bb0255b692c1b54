// Wishes for one's rights, in English.
import type { RightsWords } from './rules.js';

const r = String.raw;

export const EN: RightsWords = {
  mine: r`my (?:all )?(?:personal |own |stored |private |customer |complete )?(?:data|information|info|details)(?! (?:plan|volume|roaming))|(?:data|information|info|details|everything|anything) (?:\w+ ){0,4}(?:about|on|of|concerning|relating to) me`,
  utterances: r`my (?:\w+ )?(?:messages|chats?|conversations?|behaviou?r|texts)`,
  aboutMe: r`(?:what|which|all|everything|any|how much)\b.{0,40}\b(?:know|have|hold|holds|stored?|saved?|keep|kept|got|collect\w*)\b.{0,25}\b(?:about|on|of) me|which of my (?:data|details|information)|what\b.{0,20}\b(?:about|on) me\b.{0,15}\b(?:stored|saved|held|on file)`,
  give: r`(?:give|send|show|tell|get|e ?mail|mail|forward|let) (?:\w+ )?me|provide|supply|copy|copies|access (?:to|request)|view|(?:can|could|may|want to|like to|love to|how do|how can|where can) (?:i )?(?:\w+ )?(?:see|view|get|have|receive|check|know)|request\w*`,
  fix: r`correct|corrected|fix|fixed|update|updated|change|changed|amend|amended|rectif\w+|wrong|incorrect|inaccurate|not right|isn t right|not correct|out of date|outdated|old|misspelled|misspelt|mistakes?|errors?`,
  field: r`my (?:\w+ )?(?:name|surname|birthday|date of birth|birth date|e ?mail(?: ad+ress)?|phone|number|phone number|mobile|title|address)|(?:phone number|number|name|e ?mail(?: ad+ress)?|address|birthday|date of birth) (?:\w+ ){0,3}(?:for|of|on) me`,
  held: r`in your (?:system|records?|files?|database|books)|(?:on|in) (?:my|your) (?:file|profile|record|account)|(?:you|u) (?:have|hold|ve got|got|keep) (?:\w+ ){0,4}(?:for|of|on|about) me|(?:my|your) records|you ve got my|you have my`,
  freeze: r`restrict\w*|freez\w*|block|lock|suspend\w*|pause|(?:put|place) .{0,15}\bhold|on hold|limit`,
  unused: r`(?:don t|dont|do not|must not|may not|shall not|stop|without|not) (?:be )?(?:\w+ )?(?:us\w+|process\w*|analys\w*|analyz\w*|evaluat\w*|profil\w*|work\w*)`,
  meanwhile: r`until|till|for now|for the (?:time|moment)|while|meanwhile|temporarily|at the moment|any more for now`,
  kept: r`keep|store|(?:don t|dont|do not|not|without) (?:\w+ ){0,5}(?:delet\w*|eras\w*|remov\w*)`,
  move: r`export\w*|port|transfer\w*|move|take .{0,25}\bwith me|switch\w*|portable|machine readable|hand over|hand .{0,20}\bover|import`,
  elsewhere: r`(?:another|new|other|different|next) (?:\w+ )?(?:provider|company|supplier|service|shop|vendor|firm)|competitor|elsewhere|somewhere else`,
  oppose: r`object|objection|against|don t agree|dont agree|do not agree|disagree|don t consent|do not consent|(?:don t|dont|do not) want|refuse|not allowed|may not|mustn t|no permission|not ok|oppose`,
  use: r`us\w+|process\w*|profil\w*|analys\w*|analyz\w*|evaluat\w*|train\w*|statistics`,
  ends: r`statistics|stats|analy[sz]\w*|analytics|profil\w*|train\w*|ai|research|evaluation`,
  profiling: r`(?:stop|don t|dont|do not) (?:\w+ )?(?:profil\w+ (?:me|my)|(?:making|building|creat\w+) .{0,12}profiles? (?:of|about|on) me)`,
  named: {
    access: r`subject access request|data access request|right of access|right to access|dsar`,
    rectify: r`right (?:to|of) rectification|rectification of`,
    restrict: r`right (?:to|of) restriction|restriction of processing`,
    port: r`data portability|right to portability`,
    object: r`right (?:to object|of objection)|objection under`,
  },
  otherwise: r`(?:i|we) (?:have |ve |already |just )*(?:sent|gave|given|updated|changed|corrected|provided|filled) (?:you|my|our|in)|(?:i|we) (?:ll|will|can|shall) (?:\w+ )?(?:send|give|tell)|(?:shall|should|can|may|do|must) i (?:\w+ )?(?:send|give|tell|enter|provide)|did you (?:get|receive)|here (?:is|are|s) my|safe|secure|(?:data|details|information|info) (?:is|are) (?:correct|right|fine)|enter my|(?:do you|you) need|need from me|lost`,
  business: r`orders?|invoices?|receipts?|booking|reservation|appointment|delivery|shipping|parcel|package|price|refund|voucher|basket|cart|ticket|mobile data|tracking|flight|my payment|size`,
};
