// The record of processing as a page: complete, escaped, printable, without anything from elsewhere.
import { createHash } from 'node:crypto';
import { CHANNELS } from '#libs/channels';
import type { InstructionsDocument } from '#libs/instructions';
import { recordOfProcessing, recordPage, RECORD_HEADERS, type RecordInput } from '../src/index.js';

const document = (controller: string): InstructionsDocument => ({
  schema: 'parley-instructions/1',
  parties: { controller: { name: controller, contact: 'privacy@acme.example' }, dpo: { contact: 'dpo@acme.example' } },
  purposes: { support: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['content'] } },
  channels: { web: { identifiers: { visitor_id: 'keep', ip: { do: 'truncate' } } } },
  texts: {},
  retention: [{ data: 'content', period: 'P30D' }],
  recipients: {
    bot: {
      kind: 'webhook', url: 'https://bot.us.example/in', country: 'US', entity: 'Bot Inc.', purposes: ['support'], data: ['content'],
      transfer: { mechanism: 'A46-2-c', ref: 'SCC module 3', validUntil: '2027-01-01' },
    },
  },
}); // prettier-ignore
const input = (controller = 'Acme GmbH'): RecordInput => ({
  generatedAt: new Date('2026-11-24T12:00:00Z'),
  processor: 'Gate Ltd',
  gatewayUrl: 'https://gateway.example',
  tenant: { slug: 'acme', name: 'Acme' },
  inForce: {
    version: 4,
    hash: 'ab'.repeat(32),
    since: new Date('2026-11-01T00:00:00Z'),
    document: document(controller),
  },
  connections: [{ channel: 'messenger', name: 'Page' }],
  manifests: CHANNELS.map(({ manifest }) => manifest),
});

it('names transfers with their safeguard, and channels that are connected or instructed', () => {
  const record = recordOfProcessing(input());
  expect(record.transfers).toEqual([
    { recipient: 'bot', country: 'US', mechanism: 'A46-2-c', reference: 'SCC module 3', validUntil: '2027-01-01' },
  ]);
  expect(record.channels.map(({ channel, connections }) => [channel, connections])).toEqual([
    ['messenger', ['Page']],
    ['web', []],
  ]);
  expect(record.channels[1]!.identifiers).toContainEqual({ kind: 'ip', action: 'truncate' });
});

it('is a page with every part, in which a name is a name', () => {
  const page = recordPage(recordOfProcessing(input(`<script>alert("x")</script> & 'Sons'`)));
  for (const part of ['dpo@acme.example', 'CustomerCare', 'Bot Inc.', 'SCC module 3', 'P30D', 'Gate Ltd', 'version 4'])
    expect(page).toContain(part);
  expect(page).not.toContain('<script');
  expect(page).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;Sons&#39;');
  expect(page).not.toMatch(/https?:\/\/(?!gateway\.example)|src=|href=/);
});

it('can be read by machines that read aloud, and printed', () => {
  const page = recordPage(recordOfProcessing(input()));
  expect(page).toMatch(/^<!doctype html>\s*<html lang="en">/);
  expect(page.match(/<table>/g)).toHaveLength(page.match(/<caption>/g)!.length);
  expect(page.match(/<h1>/g)).toHaveLength(1);
  expect(page).toMatch(/<th scope="col">/);
  expect(page).toContain('@media print');
  const style = createHash('sha256')
    .update(/<style>([^]*)<\/style>/.exec(page)![1]!)
    .digest('base64');
  expect(RECORD_HEADERS['content-security-policy']).toContain(`default-src 'none'; style-src 'sha256-${style}'`);
});

it('says when no instructions are in force', () => {
  expect(recordPage(recordOfProcessing({ ...input(), inForce: null }))).toContain('None in force');
});
