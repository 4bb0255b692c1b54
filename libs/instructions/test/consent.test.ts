// The consent gate and the words for the gateway: tables of what people write, and of what stands between question and answer.
import fc from 'fast-check';
import {
  ageChoices,
  answeredStates,
  answerOf,
  answersTo,
  compile,
  gateOf,
  intentOf,
  isSealedBy,
  notice,
  type ConsentRecord,
  type ConsentState,
} from '#libs/instructions';
import { isOwnChoice } from '#libs/kernel';
import { document, FACTS } from './document.js';

const CONSENT = {
  version: '1',
  purposes: ['support'],
  en: 'May we process your messages? Reply YES or NO.',
  de: 'Dürfen wir Ihre Nachrichten verarbeiten? JA oder NEIN.',
  accept: { en: ['yes', 'I agree'], de: ['ja'] },
  refuse: { en: ['no'], de: ['nein'] },
  expires: 'P1Y',
};

function compiled(change: (text: Record<string, unknown>, d: ReturnType<typeof document>) => void = () => undefined) {
  const d = document();
  const text: Record<string, unknown> = { ...CONSENT };
  Object.assign(d.purposes['support']!, { basis: 'A6-1-a', consent: 'support-consent' });
  Object.assign(d.texts, { 'support-consent': text });
  change(text, d);
  return compile(d, FACTS, { tenantId: 't', version: 1, hash: 'h', privacyPage: 'https://x.example' });
}

const c = compiled();
const consent = c.consents[0]!;
const NOW = new Date('2026-11-24T12:00:00Z');
const ago = (ms: number): Date => new Date(NOW.getTime() - ms);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const record = (state: ConsentState, at: Date, scope = consent.scope): ConsentRecord => ({
  purpose: 'support',
  state,
  scope,
  at,
});

describe('what stands between the question and the answer', () => {
  it.each<[string, ConsentRecord[], 'open' | 'ask' | 'waiting' | 'closed']>([
    ['nobody was asked', [], 'ask'],
    ['asked a minute ago', [record('requested', ago(MINUTE))], 'waiting'],
    ['asked, and the time of holding is over', [record('requested', ago(16 * MINUTE))], 'ask'],
    ['given', [record('given', ago(DAY))], 'open'],
    ['given, but it has expired', [record('given', ago(366 * DAY))], 'ask'],
    ['given, but to something else', [record('given', ago(DAY), 'other')], 'ask'],
    ['refused yesterday', [record('refused', ago(DAY))], 'closed'],
    ['refused yesterday, and the text has changed since', [record('refused', ago(DAY), 'other')], 'closed'],
    ['refused half a year ago', [record('refused', ago(190 * DAY))], 'ask'],
    ['withdrawn', [record('withdrawn', ago(DAY))], 'closed'],
  ])('%s: %#', (_, records, expected) => {
    const gate = gateOf(c, records, NOW);
    const found = gate.open.has('support') ? 'open' : gate.ask ? 'ask' : gate.waiting.has('support') ? 'waiting' : 'closed';
    expect(found).toBe(expected);
  }); // prettier-ignore

  it('explicit consent for special categories (Art. 9(2)(a)) is asked for whatever the basis is', () => {
    const both = compiled((_, d) => Object.assign(d.purposes['support']!, { basis: 'A6-1-b', art9: 'A9-2-a' }));
    const gate = gateOf(both, [], NOW);
    expect([[...gate.open], gate.ask?.purposes]).toEqual([[], ['support']]);
  });

  it.each<[string, (text: Record<string, unknown>, d: ReturnType<typeof document>) => void, boolean]>([
    ['a typo in the text', (text) => (text['en'] = 'May we process  your messages? Reply YES or NO.'), false],
    ['a minor version', (text) => (text['version'] = '1.1'), false],
    ['a major version', (text) => (text['version'] = '2'), true],
    ['more data', (_, d) => Object.assign(d.purposes['support']!, { data: ['routing', 'content', 'attachments'] }), true],
    ['another recipient', (_, d) => Object.assign(d.recipients['bot']!, { url: 'https://other.example/bot' }), true],
  ])('%s makes it a new question: %#', (_, change, isNew) => {
    expect(compiled(change).consents[0]!.scope !== consent.scope).toBe(isNew);
  }); // prettier-ignore
});

it.each<[string, 'yes' | 'no' | null]>([
  ['Yes', 'yes'], ['yes!', 'yes'], [' YES. ', 'yes'], ['i agree', 'yes'], ['Ja', 'yes'], ['ＹＥＳ', 'yes'],
  ['No', 'no'], ['nein.', 'no'],
  ['maybe, who knows', null], ['yes but not marketing', null], ['👍', null], ['', null], ['ok', null], ['yes yes', null],
])('"%s" counts as %s', (text, answer) => {
  expect(answerOf(consent, { text, choice: null })).toBe(answer);
}); // prettier-ignore

const seal = (says: string): string => `${says.length}-of-22-characters--`.slice(0, 22);
const buttonsOf = (of: typeof c): [string, string] => {
  const [yes, no] = answersTo(of.consents[0]!, notice(of, 'support-consent')!, seal);
  return [yes!.id, no!.id];
};
const [YES, NO] = buttonsOf(c);

it('no bot may send a button with an id of ours', () => {
  for (const id of [YES, NO, ...Object.values(ageChoices(16, seal))]) expect([id, isOwnChoice(id)]).toEqual([id, true]);
});

const OLDER = compiled((text) => (text['version'] = '2'));
const REWORDED = compiled((text) => (text['en'] = 'May we read your messages?'));

it('the buttons of the question count, those of another do not', () => {
  for (const [yes, no] of [
    buttonsOf(c),
    buttonsOf(OLDER),
    ['consent:support-consent:yes', 'consent:support-consent:no'],
  ]) {
    expect(answerOf(consent, { text: null, choice: yes! })).toBe('yes');
    expect(answerOf(consent, { text: null, choice: no! })).toBe('no');
  }
  expect(answerOf(consent, { text: null, choice: 'consent:news-consent:yes' })).toBeNull();
  expect(answerOf(consent, { text: 'Yes', choice: 'deliver-monday' })).toBeNull();
});

it('a button names its question: the same one by the same name, one of another version or wording by another', () => {
  expect(buttonsOf(compiled())).toEqual([YES, NO]);
  expect(new Set([c, OLDER, REWORDED].flatMap(buttonsOf)).size).toBe(6);
  // Rows of a list on WhatsApp take the least.
  const long = compiled((text, d) => {
    const name = `a${'b'.repeat(63)}`;
    Object.assign(d.purposes['support']!, { consent: name });
    Object.assign(d.texts, { [name]: text });
  });
  const [button] = answersTo(long.consents[0]!, notice(long, long.consents[0]!.text)!, seal);
  expect(button!.id.length).toBeLessThanOrEqual(200);
});

it('a button is sealed as it is, and as nothing else', () => {
  const odd = [
    '',
    ':',
    'yes',
    'consent:support-consent:yes',
    `${YES}x`,
    YES.slice(0, -1),
    `${YES}:${seal(YES).slice(1)}`,
  ];
  expect([YES, NO].map((id) => isSealedBy(seal, id))).toEqual([true, true]);
  expect(odd.filter((id) => isSealedBy(seal, id))).toEqual([]);
});

it.each([
  ['the one that was asked last', YES, 'given'],
  ['one of another version', buttonsOf(OLDER)[0], null],
  ['one that read otherwise', buttonsOf(REWORDED)[0], null],
  ['one that it does not name', 'consent:support-consent:yes', null],
])('a button for yes to %s makes it %s', (_, button, state) => {
  const asked = { ...record('requested', ago(MINUTE)), text_hash: notice(c, 'support-consent')!.hash };
  expect(answeredStates({ consent, yes: true, button }, [asked], NOW).get('support') ?? null).toBe(state);
  expect(answeredStates({ consent, yes: false, button: NO }, [asked], NOW).get('support')).toBe('refused');
});

it.each<[string, ConsentRecord | null, ConsentState | null, ConsentState | null]>([
  ['nobody asked', null, null, null],
  ['asked a minute ago', record('requested', ago(MINUTE)), 'given', 'refused'],
  ['asked two months ago', record('requested', ago(60 * DAY)), 'given', 'refused'],
  ['asked so long ago that it may be asked anew', record('requested', ago(190 * DAY)), null, 'refused'],
  ['asked for something else', record('requested', ago(MINUTE), 'other'), null, 'refused'],
  ['asked, after it had expired', { ...record('requested', ago(MINUTE)), before: 'expired' }, 'renewed', 'refused'],
  ['given', record('given', ago(DAY)), null, 'withdrawn'],
  ['given, and expired', record('given', ago(366 * DAY)), null, 'withdrawn'],
  ['given to something else', record('given', ago(DAY), 'other'), null, 'withdrawn'],
  ['refused', record('refused', ago(DAY)), null, null],
  ['withdrawn', record('withdrawn', ago(DAY)), null, null],
])('%s: yes makes it %#', (_, recorded, afterYes, afterNo) => {
  const to = (yes: boolean) => answeredStates({ consent, yes, button: null }, recorded ? [recorded] : [], NOW).get('support') ?? null;
  expect([to(true), to(false)]).toEqual([afterYes, afterNo]);
}); // prettier-ignore

describe('words for the gateway', () => {
  it.each([
    ['STOP', 'stop'], ['stop!', 'stop'], ['please stop', 'stop'], ['Unsubscribe', 'stop'], ['Stopp', 'stop'], ['ABMELDEN', 'stop'],
    ['Baja', 'stop'], ['arrêter', 'stop'], ['Basta', 'stop'], ['afmelden', 'stop'], ['rezygnuję', 'stop'], ['parar', 'stop'],
    ['please stop sending me messages', 'stop'], ["don't text me anymore", 'stop'], ['bitte keine Nachrichten mehr senden', 'stop'],
    ['je ne veux plus de messages', 'stop'], ['no quiero recibir más mensajes', 'stop'], ['non mandatemi più messaggi', 'stop'],
    ['stuur geen berichten meer', 'stop'], ['nie wysyłajcie mi wiadomości', 'stop'], ['não quero mais mensagens', 'stop'],
    ['I withdraw my consent', 'stop'], ['START', 'start'],
    ['delete my data', 'erase'], ['Please delete all my personal data', 'erase'], ['Löschen Sie bitte meine Daten', 'erase'],
    ['supprimez mes données svp', 'erase'], ['eliminen todos mis datos', 'erase'], ['cancellate tutti i miei dati', 'erase'],
    ['verwijder al mijn gegevens', 'erase'], ['usuńcie wszystkie moje dane', 'erase'], ['apaguem os meus dados', 'erase'],
    ['Please correct my personal data', 'rectify'], ['bitte berichtigen Sie meine Daten', 'rectify'], ['rectifiez mes données', 'rectify'], ['corrijan mis datos', 'rectify'],
    ['correggete i miei dati', 'rectify'], ['corrigeer mijn gegevens', 'rectify'], ['sprostujcie moje dane', 'rectify'], ['corrijam os meus dados', 'rectify'],
    ['I want you to restrict the processing of my data', 'restrict'], ['Verarbeitung meiner Daten einschränken', 'restrict'], ['limitez le traitement de mes données', 'restrict'],
    ['limiten el tratamiento de mis datos', 'restrict'], ['limitate il trattamento dei miei dati', 'restrict'], ['beperk de verwerking van mijn gegevens', 'restrict'],
    ['ograniczcie przetwarzanie moich danych', 'restrict'], ['limitem o tratamento dos meus dados', 'restrict'],
    ['Can I export my data?', 'port'], ['Datenübertragbarkeit', 'port'], ['portabilité', 'port'], ['portabilidad', 'port'], ['portabilità dei dati', 'port'],
    ['mijn gegevens overdragen', 'port'], ['przenoszenie danych', 'port'], ['portabilidade', 'port'],
    ['ik maak bezwaar', 'object'], ['sprzeciw', 'object'], ['Widerspruchsrecht', 'object'], ['right to object', 'object'],
    ['Please send me a copy of my data', 'access'], ['I would like a copy of all my personal data', 'access'], ['could you give me all my data?', 'access'],
    ['Ich hätte gern eine Kopie meiner Daten', 'access'], ['Ich möchte Auskunft über meine Daten', 'access'], ['Je voudrais une copie de mes données', 'access'],
    ['Quiero una copia de mis datos', 'access'], ['Vorrei una copia dei miei dati', 'access'], ['Ik wil graag een kopie van mijn gegevens', 'access'],
    ['Proszę o kopię moich danych', 'access'], ['Queria uma cópia dos meus dados', 'access'], ['delete the copy of my data', 'erase'],
    ['what data do you have about me?', 'access'], ['Auskunft', 'access'], ['mes données', 'access'], ['who', 'who'], ['Datenschutz', 'who'],
  ])('"%s" surely means %s', (text, intent) => expect(intentOf(text)).toEqual({ intent, sure: true })); // prettier-ignore

  it.each([
    'hello', 'my first question 1', 'are you there', 'Is there a bus stop near your shop?', 'When does the sale end and can I cancel my order 1234 tomorrow morning?',
    'I need access to the parking lot', 'send me a copy of my invoice', 'eine Kopie meiner Rechnung bitte', 'my data plan is used up', 'who is the author of this book', 'Wann öffnet ihr morgen?', 'kept on track', 'erase this 4915',
    'keep this 4916', 'The data in my report about sales was wrong', 'yes', 'no', 'cancel my order please', 'info about order 1001',
    'quiero limitar el tratamiento de mi madre', 'please correct my order', 'ich möchte meine Adresse korrigieren', 'limitation', 'transfer my call',
    'can you export my invoice?', 'I object to this price', 'Einschränkung',
    'ich habe keine Rechnung bekommen', 'hello there 49160',
  ])('"%s" is for the bot', (text) => expect(intentOf(text)?.sure ?? false).toBe(false)); // prettier-ignore

  it.each([
    'send me a copy of my data and then delete it', 'Schicken Sie mir meine Daten, bevor Sie sie löschen', 'quiero una copia de mis datos y que después los borréis',
    'give me my data, but do not delete anything', 'export my data and wipe it', 'mandatemi i miei dati e poi cancellateli', 'remove the wrong number from my data',
    'can you delete everything you have about me?', 'how do I delete my account', 'I deleted my account and cannot log in', 'ich habe meine Daten gelöscht',
    'if you do not answer I will delete my account', 'please remove the card from my account', 'why was my account deleted', 'ik ben mijn gegevens vergeten',
    'he olvidado mis datos', 'j’ai oublié mes données', 'ho dimenticato i miei dati', 'esqueci os meus dados', 'zapomniałem moich danych', 'remove me from your list',
  ])('"%s" is neither surely a wish to be erased nor one for a copy', (text) => {
    const found = intentOf(text);
    expect(found?.intent === 'access' || found?.intent === 'port' || (found?.intent === 'erase' && found.sure)).toBe(false);
  }); // prettier-ignore

  it.each([
    'I object to the use of my data', 'Ich widerspreche der Nutzung meiner Daten', 'je m’oppose au traitement de mes données',
    'me opongo al uso de mis datos', 'mi oppongo al trattamento dei miei dati', 'oponho-me ao tratamento dos meus dados',
  ])('"%s" wants to hear no more, and objects', (text) => expect(intentOf(text)).toEqual({ intent: 'stop', sure: true, objects: true })); // prettier-ignore

  it.each([
    'don’t delete my data', 'please do not erase my data', 'I don’t want you to delete my data', 'löscht meine Daten bitte nicht', 'meine Daten nicht löschen',
    'ich will nicht, dass ihr meine Daten löscht', 'n’effacez pas mes données', 'je ne veux pas que vous supprimiez mes données', 'no borren mis datos',
    'no quiero que eliminen mis datos', 'non cancellate i miei dati', 'verwijder mijn gegevens niet', 'mijn gegevens niet verwijderen',
    'nie usuwajcie, moje dane są potrzebne', 'não apaguem os meus dados', 'não quero que eliminem os meus dados',
  ])('"%s" asks for no erasure', (text) => expect(intentOf(text)?.intent).not.toBe('erase')); // prettier-ignore

  it.each([
    'no thanks, delete my data', 'I do not need this, delete all my data', 'no gracias, borren mis datos', 'nein, löscht meine Daten',
    'ich brauche euch nicht mehr, löscht alle meine Daten', 'non, effacez mes données', 'não obrigado, apaguem os meus dados',
  ])('"%s" does', (text) => expect(intentOf(text)).toEqual({ intent: 'erase', sure: true })); // prettier-ignore

  it.each([
    'I object to the use of my data for marketing', 'ich widerspreche der Nutzung meiner Daten für Werbung', 'je m’oppose à l’utilisation de mes données pour la publicité',
    'me opongo al uso de mis datos con fines de marketing', 'mi oppongo all’uso dei miei dati per marketing', 'ik maak bezwaar tegen het gebruik van mijn gegevens voor reclame',
    'sprzeciwiam się wykorzystywaniu moich danych do marketingu', 'oponho-me ao uso dos meus dados para publicidade',
  ])('"%s" wants to hear no more, and objects to nothing else', (text) => expect(intentOf(text)).toEqual({ intent: 'stop', sure: true })); // prettier-ignore

  it.each([
    ['could you freeze my data please?', true], ['is the processing of my data restricted?', false], ['can I object to the processing of my data?', false],
    ['könnt ihr meine Daten erstmal sperren?', true], ['sind meine Daten gesperrt?', false], ['pouvez-vous corriger mes données ?', true],
  ])('"%s" is carried out: %s', (text, sure) => expect(intentOf(text)?.sure ?? false).toBe(sure)); // prettier-ignore

  it('a document adds its own words', () => {
    expect(intentOf('feierabend')).toBeNull();
    expect(intentOf('Feierabend!', { de: { stop: ['feierabend'] } })).toEqual({ intent: 'stop', sure: true });
  });

  it('never throws, and reads no long text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => void intentOf(text)));
    expect(intentOf('stop sending messages '.repeat(40))).toBeNull();
  });
});
