// The papers of accountability against papers written by hand, and as pages and spreadsheets: complete, escaped, printable.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { CHANNELS } from '#libs/channels';
import { parseDocument, type InstructionsDocument } from '#libs/instructions';
import { PAGE_HEADERS } from '#libs/platform';
import {
  annexesOf,
  annexesPaper,
  momentOf,
  paperCsv,
  paperPage,
  recordOfProcessing,
  recordPaper,
  subProcessorRegister,
  subProcessorsPaper,
  type Standing,
} from '../src/index.js';

const file = (name: string): string => readFileSync(new URL(`papers/${name}`, import.meta.url), 'utf8');
const byHand = (name: string): object => JSON.parse(file(`${name}.json`)) as object;

const parsed = parseDocument(file('document.yaml'));
if (!parsed.ok) throw new Error('the document of this test cannot be read');
const DOCUMENT = parsed.document as unknown as InstructionsDocument;

const standing = (document: InstructionsDocument = DOCUMENT): Standing => ({
  at: new Date('2026-11-24T12:00:00Z'),
  processor: 'Gate Ltd',
  gatewayUrl: 'https://gateway.example',
  tenant: { slug: 'acme', name: 'Acme' },
  inForce: { version: 4, hash: 'ab'.repeat(32), since: new Date('2026-11-01T00:00:00Z'), document },
  connections: [{ channel: 'web', name: 'Home page' }],
  manifests: CHANNELS.map(({ manifest }) => manifest),
});

const named = (controller: string): InstructionsDocument => ({
  ...DOCUMENT,
  parties: { ...DOCUMENT.parties, controller: { ...DOCUMENT.parties.controller, name: controller } },
});

describe('equal what was written by hand:', () => {
  it('the record of processing', () => {
    const { measures, ...record } = recordOfProcessing(standing());
    expect(record).toEqual(byHand('record'));
    expect(measures).toContainEqual(expect.stringContaining('AES-256-GCM'));
  });

  it('the annexes', () => {
    const annexes = annexesOf(standing());
    const { schema, law, contract, annexI, annexII, annexIII, annexIV } = annexes;
    const { safeguards, ...sensitive } = annexII!.sensitive;
    expect({ schema, law, contract, annexI, annexII: { ...annexII, sensitive } }).toEqual(byHand('annexes'));
    expect([safeguards.length, annexIII.measures.length, annexIII.assistance.length].every((n) => n > 2)).toBe(true);
    const { subProcessors, platforms } = byHand('sub-processors') as Record<string, unknown>;
    expect(annexIV).toEqual({ subProcessors, platforms });
  });

  it('the register of sub-processors', () => {
    expect(subProcessorRegister(standing())).toEqual(byHand('sub-processors'));
  });
});

it('a platform that is connected or instructed is named with its own role and source', () => {
  const messenger = { ...standing(), connections: [{ channel: 'messenger', name: 'Page' }] };
  expect(subProcessorRegister(messenger).platforms).toMatchObject([
    { channel: 'messenger', role: 'controller', source: expect.stringMatching(/, \d{4}-\d{2}-\d{2}$/) },
  ]);
});

it('a change of the instructions changes each paper', () => {
  const { bot, ...others } = DOCUMENT.recipients;
  const changed = standing({ ...DOCUMENT, recipients: { ...others, helper: { ...bot!, entity: 'Helper SA' } } });
  for (const made of [recordOfProcessing, annexesOf, subProcessorRegister]) {
    expect(JSON.stringify(made(changed))).toContain('Helper SA');
    expect(JSON.stringify(made(changed))).not.toContain('Bot Inc.');
  }
});

const PAPERS = [
  ['record', (s: Standing) => recordPaper(recordOfProcessing(s))],
  ['annexes', (s: Standing) => annexesPaper(annexesOf(s))],
  ['sub-processors', (s: Standing) => subProcessorsPaper(subProcessorRegister(s))],
] as const;

describe.each(PAPERS)('%s', (_name, paper) => {
  it('is a page with every part, in which a name is a name', () => {
    const page = paperPage(paper({ ...standing(named(`<script>alert("x")</script> & 'Sons'`)), tenant: { slug: 'a', name: '<b>' } })); // prettier-ignore
    for (const part of ['Bot Inc.', 'SCC module 3', 'Gate Ltd', 'version 4']) expect(page).toContain(part);
    expect(page).not.toMatch(/<script|<b>/);
    expect(page).not.toMatch(/https?:\/\/(?!gateway\.example)|src=|href=/);
  });

  it('can be read by machines that read aloud, and printed', () => {
    const page = paperPage(paper(standing()));
    expect(page).toMatch(/^<!doctype html>\s*<html lang="en">/);
    expect(page.match(/<table /g)).toHaveLength(page.match(/<caption>/g)!.length);
    expect(page.match(/<h1>/g)).toHaveLength(1);
    expect(page).toMatch(/<th role="columnheader" scope="col">/);
    expect(page).toContain('@media print');
    const style = createHash('sha256')
      .update(/<style>([^]*)<\/style>/.exec(page)![1]!)
      .digest('base64');
    expect(PAGE_HEADERS['content-security-policy']).toContain(`default-src 'none'; style-src 'sha256-${style}'`);
  });

  it('is a spreadsheet of the same statements, in which a formula is text', () => {
    const csv = paperCsv(paper({ ...standing(named('=HYPERLINK("x")')), tenant: { slug: 'a', name: '=1+1' } }));
    const lines = csv.trimEnd().split('\r\n');
    expect(lines[0]).toBe('part,row,field,value');
    expect(csv).toContain('Bot Inc.');
    for (const line of lines) expect(line).not.toMatch(/(^|,)"?=/);
  });
});

it('a contract that says nothing of its end ends with deletion, in the record as in the annexes', () => {
  const silent = standing({ ...DOCUMENT, contract: { type: 'eu-scc-2021-915' } });
  expect([recordOfProcessing(silent).atEndOfContract, annexesOf(silent).annexII!.duration.atEnd]).toEqual(['delete', 'delete']); // prettier-ignore
});

it('says when no instructions are in force', () => {
  for (const [, paper] of PAPERS) expect(paperPage(paper({ ...standing(), inForce: null }))).toContain('None in force');
});

it.each([
  ['2026-11-20', '2026-11-20T23:59:59.999Z'],
  ['2026-11-24', '2026-11-24T12:00:00.000Z'],
  ['2026-11-24T10:00:00+01:00', '2026-11-24T09:00:00.000Z'],
  ['2026-11-25', undefined],
  ['2026-11-24T12:00:01Z', undefined],
  ['2026-13-01', undefined],
  ['yesterday', undefined],
  ['2026-11-24T10:00:00', undefined],
])('%s speaks of %s', (text, moment) => {
  expect(momentOf(text, new Date('2026-11-24T12:00:00Z'))?.toISOString()).toBe(moment);
});
