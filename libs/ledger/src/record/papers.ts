// What the papers say to people: the record of processing, the annexes and the register, each from its data.
import type { Annexes } from './annexes.js';
import { contactOf, listed, sourceTerms, tableOf, type Paper, type Table } from './paper.js';
import type { ProcessingRecord } from './record.js';
import type { SubProcessorRegister } from './sub-processors.js';

const retentionTable = (lines: ProcessingRecord['retention']): Table =>
  tableOf('Retention', lines, {
    Data: (r) => r.data, Purpose: (r) => r.purpose, From: (r) => r.start, Period: (r) => r.period, Then: (r) => r.atEnd, Reason: (r) => r.reason,
  }); // prettier-ignore

type SubProcessors = SubProcessorRegister['subProcessors'];
type Platforms = SubProcessorRegister['platforms'];

const subProcessorTables = (subProcessors: SubProcessors, platforms: Platforms): Table[] => [
  tableOf('Sub-processors', subProcessors, {
    Name: (s) => s.name ?? s.id, Address: (s) => listed([s.address, s.country].filter((part) => part !== null)), Contact: (s) => s.contact,
    Host: (s) => s.host, Task: (s) => `${s.task}: ${s.purposes.join(', ')}`, Data: (s) => listed(s.categories),
    Transfer: (s) => s.transfer && listed([s.transfer.mechanism, s.transfer.reference, s.transfer.validUntil].filter((part) => part !== null)),
    Contract: (s) => s.contractSigned, 'Receives from': (s) => s.receivesFrom,
  }),
  tableOf('Platforms on the way, which the controller has chosen', platforms, {
    Platform: (p) => p.title, Role: (p) => p.role, Countries: (p) => listed(p.countries), 'Retention there': (p) => p.retention, Source: (p) => p.source,
  }),
]; // prettier-ignore

export function recordPaper(record: ProcessingRecord): Paper {
  const { controller, jointControllers } = record;
  return {
    title: `Record of processing: ${controller?.name ?? record.tenant.name}`,
    law: record.law,
    at: record.at,
    parts: [
      {
        heading: 'Parties',
        terms: [
          ['Controller', contactOf(controller)],
          ...jointControllers.map((one) => ['Joint controller', contactOf(one)] as const),
          ['Representative', contactOf(record.representative)],
          ['Data protection officer', contactOf(record.dataProtectionOfficer)],
          ['Supervisory authority', contactOf(record.supervisoryAuthority)],
          ...sourceTerms(record),
          ['At the end of the contract', record.atEndOfContract],
        ],
      },
      {
        heading: 'Processing on behalf of the controller',
        tables: [
          tableOf('Purposes', record.processing, {
            Purpose: (p) => p.id, 'DPV term': (p) => p.purpose, 'Legal basis': (p) => p.legalBasis, Categories: (p) => listed(p.categories),
            Operations: (p) => listed(p.operations), Marketing: (p) => (p.marketing ? 'yes' : 'no'),
          }),
          retentionTable(record.retention),
        ],
      },
      {
        heading: 'Channels',
        tables: [
          tableOf('Channels and what their platforms say of themselves', record.channels, {
            Channel: (c) => c.title, Connections: (c) => listed(c.connections), Identifiers: (c) => listed(c.identifiers.map(({ kind, action }) => `${kind}: ${action}`)),
            'Role of the platform': (c) => c.platformRole, Countries: (c) => listed(c.platformCountries), 'Retention there': (c) => c.platformRetention,
          }),
        ],
      },
      {
        heading: 'Recipients and transfers to third countries',
        tables: [
          tableOf('Recipients', record.recipients, {
            Recipient: (r) => r.id, Name: (r) => r.name, Role: (r) => r.role, Country: (r) => r.country, Host: (r) => r.host,
            Purposes: (r) => listed(r.purposes), Categories: (r) => listed(r.categories),
          }),
          tableOf('Transfers and their safeguards', record.transfers, {
            Recipient: (t) => t.recipient, Country: (t) => t.country, Safeguard: (t) => t.mechanism, Reference: (t) => t.reference, 'Valid until': (t) => t.validUntil,
          }),
        ],
      },
      { heading: 'Security of processing', list: record.measures },
    ],
  };
} // prettier-ignore

function annexTwo({ annexII }: Annexes): Paper['parts'] {
  if (!annexII) return [{ heading: 'Annex II: description of the processing', terms: [['Processing', 'None: no instructions are in force.']] }];
  const { sensitive, duration } = annexII;
  return [
    {
      heading: 'Annex II: description of the processing',
      terms: [
        ['Data subjects', annexII.dataSubjects.join('; ')],
        ['Nature of the processing', listed(annexII.nature)],
        ['Special categories (Art. 9)', sensitive.specialCategories],
        ['Criminal data (Art. 10)', sensitive.criminalData],
        ['Minors', sensitive.minors],
        ['Conditions', listed(sensitive.conditions.map((c) => `${c.purpose}: ${[c.art9, c.art10].filter(Boolean).join(', ')}`))],
        ['In force', listed([duration.effective.from && `from ${duration.effective.from}`, duration.effective.until && `until ${duration.effective.until}`].filter((part) => part !== null))],
        ['At the end of the contract', duration.atEnd],
      ],
      list: sensitive.safeguards,
      tables: [
        tableOf('Categories of personal data', annexII.categories, {
          Category: (c) => c.category, 'What it is': (c) => c.about, 'DPV terms': (c) => listed(c.terms.map(({ label }) => label)), 'Free text': (c) => (c.freeText ? 'yes' : 'no'),
        }),
        tableOf('Purposes', annexII.purposes, {
          Purpose: (p) => p.id, 'What for': (p) => p.label, 'Legal basis': (p) => p.legalBasis, Data: (p) => listed(p.categories), Operations: (p) => listed(p.operations),
        }),
        retentionTable(duration.retention),
        tableOf('Processing by sub-processors', annexII.subProcessing, {
          'Sub-processor': (s) => s.name ?? s.id, 'Subject matter': (s) => listed(s.subject), Nature: (s) => s.nature, Data: (s) => listed(s.categories), Duration: (s) => s.duration,
        }),
      ],
    },
  ];
} // prettier-ignore

export function annexesPaper(annexes: Annexes): Paper {
  const { annexI, annexIII, annexIV, contract } = annexes;
  return {
    title: `Annexes I to IV: ${annexI.controllers[0]?.name ?? annexes.tenant.name}`,
    law: annexes.law,
    at: annexes.at,
    parts: [
      {
        heading: 'Annex I: list of parties',
        terms: [
          ['Contract', listed([contract.type, contract.reference].filter((part) => part !== null))],
          ['Signature and accession', contract.signed],
          ...annexI.controllers.map((one) => ['Controller', contactOf(one)] as const),
          ['Representative', contactOf(annexI.representative)],
          ['Data protection officer', contactOf(annexI.dataProtectionOfficer)],
          ['Contacts for breaches', listed(annexI.breachContacts)],
          ...sourceTerms(annexes),
        ],
      },
      ...annexTwo(annexes),
      { heading: 'Annex III: technical and organisational measures', list: annexIII.measures },
      { heading: 'Annex III: measures to assist the controller', list: annexIII.assistance },
      { heading: 'Annex IV: list of sub-processors', tables: subProcessorTables(annexIV.subProcessors, annexIV.platforms) },
    ],
  };
} // prettier-ignore

export const subProcessorsPaper = (register: SubProcessorRegister): Paper => ({
  title: `Sub-processors: ${register.tenant.name}`,
  law: register.law,
  at: register.at,
  parts: [
    { heading: 'Source', terms: sourceTerms(register) },
    { heading: 'Who takes part', tables: subProcessorTables(register.subProcessors, register.platforms) },
  ],
});
