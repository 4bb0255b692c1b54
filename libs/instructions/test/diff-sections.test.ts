// Every section in words: what holds from now on, and what held until now, with the direction where it can be told.
import { diff, type InstructionsDocument } from '../src/index.js';
import { document, FACTS } from './document.js';

// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any;
type Sections = Readonly<Record<string, unknown>>;

const ask = (more: object) => ({ texts: { ask: { en: 'May we?', ...more } } });
const bot = (more: object) => ({
  recipients: { bot: { kind: 'webhook', purposes: ['support'], data: ['content'], ...more } },
});
const hold = { scope: 'audit', basis: '§ 147 AO', from: '2026-01-01' };

/** [what is written, what is written then, what is said]; then the other way round, where that reads otherwise. */
it.each<[string, Sections, Sections, readonly string[]]>([
  ['effective', {}, { effective: { from: '2026-12-01', until: '2027-12-01' } }, [
    '/effective/from changed: The time from which the instructions are in force is now 2026-12-01 instead of that of their approval.',
    '/effective/until changed: The time until which the instructions are in force is now 2027-12-01 instead of open.',
  ]],
  ['contract', { contract: { atEnd: 'return', ref: 'C-1' } }, { contract: { atEnd: 'delete', ref: 'C-2', approvals: 2 } }, [
    '/contract/approvals stricter: From now on two persons have to approve instructions.',
    '/contract/ref changed: The reference of the contract is now C-2 instead of C-1.',
    '/contract/atEnd stricter: From now on everything is deleted when the contract ends, and nothing handed back; until now everything was handed back and then deleted when the contract ends.',
  ]],
  ['parties', {}, { parties: { ...document().parties, controller: { ...document().parties.controller, name: 'Acme AG' }, jointControllers: [{ name: 'Beta', contact: 'b@beta.example' }], breachContacts: ['soc@acme.example'] } }, [
    '/parties/controller/name changed: The name of the controller is now Acme AG instead of Acme GmbH.',
    '/parties/jointControllers/0 changed: From now on Beta is a joint controller (Art. 26 GDPR), too.',
    '/parties/breachContacts changed: From now on a breach is told to soc@acme.example, too.',
  ]],
  ['categories', {}, { categories: { content: { dpv: ['Health'], freeText: true } } }, [
    '/categories/content/dpv changed: From now on content is described as having this in it, too: health (Health).',
    '/categories/content/freeText changed: From now on content is described as free text; until now content was not described as free text.',
  ]],
  ['minors', {}, { minors: { mode: 'refuse' } }, [
    '/minors/mode stricter: From now on people under 16 are turned away where consent is asked; until now nobody was asked for an age.',
  ]],
  ['ages of minors', { minors: { mode: 'guardian' } }, { minors: { mode: 'guardian', ages: { AT: 16 } } }, [
    '/minors/ages/AT stricter: From now on the age from which people consent by themselves is 16 in Austria (AT); until now the age from which people consent by themselves was 14 in Austria (AT).',
  ]],
  ['texts: how long', ask({ askAgainAfter: 'P1Y' }), ask({ askAgainAfter: 'P9M', expires: 'P1Y', meanwhile: 'discard', holdFor: 'PT1H' }), [
    '/texts/ask/expires stricter: From now on a consent to ask is good for P1Y; until now a consent to ask was good until it is withdrawn.',
    '/texts/ask/askAgainAfter laxer: From now on whoever refuses ask is left alone for P9M before they are asked again; until now whoever refuses ask was left alone for P1Y before they are asked again.',
    '/texts/ask/meanwhile stricter: From now on what people write before they answer ask is discarded; until now what people write before they answer ask was held until they do.',
    '/texts/ask/holdFor laxer: From now on what waits for an answer to ask is held for PT1H; until now what waits for an answer to ask was held for PT15M.',
  ]],
  ['texts: yes and no', ask({ accept: { en: ['yes'] } }), ask({ de: 'Dürfen wir?', accept: { en: ['ok'] }, refuse: { en: ['no'] } }), [
    '/texts/ask/de changed: The text ask is also there in de from now on.',
    '/texts/ask/accept/en laxer: From now on ok (en) counts as a yes to ask, too.',
    '/texts/ask/accept/en stricter: From now on yes (en) no longer counts as a yes to ask.',
    '/texts/ask/refuse/en stricter: From now on no (en) counts as a no to ask, too.',
  ]],
  ['what was so already', {}, { rights: { due: 'P1M' } }, [
    '/rights/due changed: It is now written that requests are to be answered within P1M; that was so before.',
  ]],
  ['keywords', { keywords: { en: { stop: ['halt'] } } }, { keywords: { en: { stop: ['enough'], start: ['go'] } } }, [
    '/keywords/en/stop stricter: From now on enough (en) is understood as a wish to hear no more.',
    '/keywords/en/stop laxer: From now on halt (en) is no longer added to what is understood as a wish to hear no more.',
    '/keywords/en/start laxer: From now on go (en) is understood as a wish to hear more again.',
  ]],
  ['legalHolds', {}, { legalHolds: [{ ...hold, until: '2027-01-01' }] }, [
    '/legalHolds/0 laxer: From now on a legal hold, audit (§ 147 AO), keeps data from 2026-01-01 until 2027-01-01, whatever is due.',
  ]],
  ['a legal hold', { legalHolds: [hold] }, { legalHolds: [{ ...hold, until: '2027-01-01', data: ['content'] }] }, [
    '/legalHolds/0/until stricter: The end of the legal hold audit is now 2027-01-01 instead of open.',
    '/legalHolds/0/data changed: What the legal hold audit keeps is now content instead of what its name says.',
  ]],
  ['recipients', bot({ country: 'DE', url: 'https://a.example', role: 'sub-processor' }), bot({ country: 'US', url: 'https://b.example', role: 'third-party', transfer: { mechanism: 'A46-2-c', ref: 'SCC', validUntil: '2027-06-30' }, erasure: { url: 'https://b.example/erase' } }), [
    '/recipients/bot/role changed: The role of the recipient bot is now a third party instead of a sub-processor.',
    '/recipients/bot/url changed: The address to which the recipient bot is sent data is now https://b.example instead of https://a.example.',
    '/recipients/bot/country laxer: The recipient bot moves from Germany (DE) to the United States (US), on the basis of safeguards (Art. 46(2)(c) GDPR, SCC) until 2027-06-30.',
    '/recipients/bot/transfer changed: What permits the transfer to the recipient bot is now safeguards (Art. 46(2)(c) GDPR, SCC) until 2027-06-30 instead of none.',
    '/recipients/bot/erasure/url changed: The address at which the recipient bot is told of an erasure is now https://b.example/erase instead of none.',
  ]],
  ['rights', { rights: { erase: 'controller-approves' } }, { rights: { erase: 'automatic', others: 'redact', mentions: 'list', due: 'P14D' } }, [
    "/rights/erase stricter: From now on erasure is carried out without anybody's approval, at once; until now erasure was carried out when the controller has approved it.",
    '/rights/others stricter: From now on other people are masked in the copy of a person; until now other people were shown as they were written in the copy of a person.',
    '/rights/mentions stricter: From now on somebody who was erased is looked for in what others wrote, and listed for the controller; until now somebody who was erased was not looked for in what others wrote.',
    '/rights/due stricter: From now on requests are to be answered within P14D; until now requests were to be answered within P1M.',
  ]],
  ['statistics', {}, { statistics: { enabled: true, minimumGroup: 20, time: 'hour', dimensions: ['channel', 'language'] } }, [
    '/statistics/enabled laxer: From now on messages are counted for statistics; until now no statistics were made.',
    '/statistics/minimumGroup stricter: From now on no figure is about fewer than 20 persons; until now no figure was about fewer than 10 persons.',
    '/statistics/time laxer: From now on statistics are made by the hour; until now statistics were made by the day.',
    '/statistics/dimensions laxer: From now on statistics tell messages apart by language, too.',
  ]],
  ['law', {}, { law: { breachHours: 24, minorAges: { FR: 16 }, noticePeriod: 'P14D', adequacyList: '2026-11' } }, [
    '/law/breachHours stricter: From now on an authority is to be told of a breach within 24 hours; until now an authority was to be told of a breach within 72 hours.',
    '/law/adequacyList changed: The list of countries with adequate protection is now 2026-11 instead of that of the release.',
    '/law/noticePeriod laxer: From now on a new sub-processor is announced P14D before it receives anything; until now a new sub-processor was announced P30D before it receives anything.',
    '/law/minorAges/FR stricter: From now on the age from which people consent by themselves is 16 in France (FR); until now the age from which people consent by themselves was 15 in France (FR).',
  ]],
])('%s', (_section, was, is, expected) => {
  const of = (sections: Sections) => ({ ...(document() as Loose), ...sections }) as InstructionsDocument;
  expect(diff(of(was), of(is), FACTS).map(({ path, kind, words }) => `${path} ${kind}: ${words}`)).toEqual(expected);
}); // prettier-ignore
