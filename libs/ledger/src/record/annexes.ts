// Annexes I to IV of the clauses between controllers and processors (2021/915), made from the instructions: one source, no drift.
import { labelOfData, labelOfPurpose, OPERATIONS, type InstructionsDocument } from '#libs/instructions';
import type { Category } from '#libs/kernel';
import { ASSISTANCE, MEASURES } from './measures.js';
import { retentionOf } from './record.js';
import { headOf, type Standing } from './standing.js';
import { platformsIn, subProcessorsIn } from './sub-processors.js';

/** What each category is, where the document gives no terms of its own. */
const CATEGORY_WORDS: Readonly<Record<Category, string>> = {
  routing: 'identifiers by which a person is recognised and answered, times and delivery states of messages',
  profile: 'name and language of the profile on the channel, as far as instructed',
  content: 'what people write and are answered, which may be anything',
  attachments: 'files, pictures and sound that people send',
  network: 'network address, coarsened or as instructed',
  device: 'kind of device and browser, as far as instructed',
  'consent-record': 'consents asked for, given, refused and withdrawn, objections',
  derived: 'what is derived from the above',
};

const OPERATION_WORDS: Readonly<Record<string, string>> = {
  collect: 'taking messages from the channels',
  store: 'storing, encrypted, for the period of Annex II',
  disclose: 'forwarding to the recipients of the purpose and sending their answers',
};

/** What is done for every purpose, because the law or the clauses want it. */
const ALWAYS = [
  'giving the first notice',
  'carrying out rights of data subjects',
  'deleting what is due',
  'recording what was done, without personal data',
];

function partiesOf({ inForce, processor, gatewayUrl }: Standing) {
  const document = inForce?.document;
  const accession = document?.contract?.signed ?? null;
  const controllers = document ? [document.parties.controller, ...(document.parties.jointControllers ?? [])] : [];
  return {
    controllers: controllers.map(({ name, address, country, contact }) => ({
      name, address: address ?? null, country: country ?? null, contact, accession,
    })),
    representative: document?.parties.representative ?? null,
    dataProtectionOfficer: document?.parties.dpo ?? null,
    breachContacts: document?.parties.breachContacts ?? [],
    processors: [{ name: processor, gateway: gatewayUrl, accession }],
  };
} // prettier-ignore

function categoriesOf(document: InstructionsDocument) {
  const used = new Set(Object.values(document.purposes).flatMap(({ data }) => data));
  for (const { data } of document.retention) used.add(data);
  return [...used].toSorted().map((category) => {
    const own = document.categories?.[category];
    return {
      category,
      about: CATEGORY_WORDS[category],
      terms: (own?.dpv ?? []).map((term) => ({ term, label: labelOfData(term) })),
      freeText: own?.freeText ?? (category === 'content' || category === 'attachments'),
    };
  });
}

function sensitiveOf(document: InstructionsDocument) {
  const conditions = Object.entries(document.purposes).flatMap(([purpose, { art9, art10 }]) =>
    art9 || art10 ? [{ purpose, art9: art9 ?? null, art10: art10 ?? null }] : [],
  );
  return {
    specialCategories: document.specialCategories?.mode ?? 'forbid',
    criminalData: document.criminalData?.mode ?? 'forbid',
    minors: document.minors?.mode ?? 'not-directed',
    conditions,
    safeguards: [
      'Content of every person is encrypted under a key of that person, sensitive or not, before it is stored.',
      'Recipients are given text with tokens or without contact details, unless the instructions say otherwise.',
      'Reading takes a stated purpose and is recorded.',
    ],
  };
}

const purposesOf = (document: InstructionsDocument) =>
  Object.entries(document.purposes).map(([id, { dpv, basis, data, operations }]) => ({
    id,
    term: dpv,
    label: labelOfPurpose(dpv),
    legalBasis: basis ?? null,
    categories: data,
    operations: (operations ?? OPERATIONS).map((one) => OPERATION_WORDS[one] ?? one),
  }));

function descriptionOf(standing: Standing) {
  const document = standing.inForce?.document;
  if (!document) return null;
  const channels = standing.manifests.filter(({ channel }) => Object.hasOwn(document.channels, channel));
  return {
    dataSubjects: [
      `People who write to ${document.parties.controller.name} on ${channels.map(({ title }) => title).join(', ') || 'a channel'}`,
      'People whom they mention in what they write',
    ],
    categories: categoriesOf(document),
    sensitive: sensitiveOf(document),
    nature: ALWAYS,
    purposes: purposesOf(document),
    duration: {
      effective: { from: document.effective?.from ?? null, until: document.effective?.until ?? null },
      retention: retentionOf(document),
      atEnd: document.contract?.atEnd ?? 'delete',
    },
    subProcessing: subProcessorsIn(standing).map(({ id, name, purposes, categories, receivesFrom }) => ({
      id, name, subject: purposes, nature: 'answering or carrying on the conversation', categories, from: receivesFrom,
      duration: 'as long as it is named in the instructions in force',
    })),
  };
} // prettier-ignore

export function annexesOf(standing: Standing) {
  const contract = standing.inForce?.document.contract;
  return {
    schema: 'parley-annexes/1',
    law: 'Commission Implementing Decision (EU) 2021/915, Annexes I to IV',
    ...headOf(standing),
    contract: { type: contract?.type ?? null, reference: contract?.ref ?? null, signed: contract?.signed ?? null },
    annexI: partiesOf(standing),
    annexII: descriptionOf(standing),
    annexIII: { measures: MEASURES, assistance: ASSISTANCE },
    annexIV: { subProcessors: subProcessorsIn(standing), platforms: platformsIn(standing) },
  };
}

export type Annexes = ReturnType<typeof annexesOf>;
