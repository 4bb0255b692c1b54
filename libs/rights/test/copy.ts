// A copy in which something stands everywhere.
import { CONSENT_STATES, RIGHTS, type ConsentState } from '#libs/instructions';
import { REQUEST_STATES, SUSPICIONS, type PersonCopy } from '#libs/rights';

const AT = '2026-03-04T10:00:00.000Z';
const instructions = { version: 1, clause: '/x', sha256: 'ab', approvedAt: AT };
const statement = { text: 'The address is an old one.', at: AT };

export const COPY: PersonCopy = {
  schema: '/schemas/parley-access-1.json',
  request: { id: 'request', right: 'access', receivedAt: AT },
  madeAt: AT,
  controller: { name: 'Acme', address: 'Street 1', country: 'DE', contact: 'privacy@acme.example' },
  dpo: { name: 'Ada', contact: 'dpo@acme.example' },
  authority: { name: 'BlnBDI', contact: 'mail@authority.example' },
  person: {
    id: 'person', since: AT, restricted: true, marketingStoppedAt: AT,
    identifiers: [{ kind: 'psid', value: '1', clause: '/x', from: AT, until: AT }],
    corrections: [{ channel: 'messenger', kind: 'name', value: 'Anna', clause: '/x', at: AT }],
    statements: [statement],
  },
  conversations: [{
    id: 'conversation', channel: 'messenger', connection: 'Shop', locale: 'en', since: AT, lastFromPersonAt: AT, withAnotherAppAt: AT, noticeSha256: 'ab', contentGoesBy: AT, goesBy: AT, instructions, tokens: { '[email:1]': 'anna@example.org' },
    messages: (['in', 'out'] as const).map((direction) => ({
      id: direction, direction, type: direction === 'in' ? 'profile' : 'message', at: AT, state: 'done', code: '131026', purposes: ['support'], needsConsent: ['news'], waitsFor: ['news'], waitsUntil: AT,
      content: { content: { type: 'text', text: 'hello', footer: 'bye' }, identifiers: { profile_name: 'Anna' } }, replyTo: 'another', instructions,
      statements: [statement], attachments: [{ id: 'file', media: 'image', mime: 'image/png', size: 2_500_000, url: 'media/file' }], deliveries: [{ status: 'failed', code: '131026', clause: '/x', at: AT }], sha256: 'ab',
    })),
  }],
  processing: {
    purposes: [{ id: 'support', dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing', 'content'] }],
    recipients: [{
      recipient: 'bot', entity: 'Bot Ltd', country: 'DE', transfer: { mechanism: 'adequacy', ref: 'C(2023) 4745' }, pseudonym: 'p1', conversations: [{ conversation: 'conversation', pseudonym: 'p2' }],
      purpose: 'support', categories: ['content'], instructions, count: 1, firstAt: AT, lastAt: AT,
    }],
    retention: (['last-activity', 'conversation-end', 'ingest', 'withdrawal'] as const).map((start) => ({ data: 'content', period: 'P30D', start })),
    consents: (Object.keys(CONSENT_STATES) as ConsentState[]).flatMap((state) => state === 'unknown' ? [] : [{
      purpose: 'news', state, text: { id: 'news', version: '1', sha256: 'ab', language: 'en' }, channel: 'messenger', source: 'platform', instructions, at: AT,
    }]),
    objections: [{ purpose: 'news', instructions, at: AT }],
    incidents: [{ id: 'incident', from: AT, to: AT, suspicion: [...SUSPICIONS], categories: ['content', 'routing'], messages: 2, firstAt: AT, lastAt: AT, controllerToldAt: AT, sha256: 'ab' }],
    sensitive: [{ message: 'in', section: 'special-categories', mode: 'warn', told: true, text: { sha256: 'ab', language: 'en' }, instructions, at: AT, goesBy: AT, goneAt: AT }],
    ages: [{ state: 'declared-adult', threshold: 16, source: 'person', text: { sha256: 'ab', language: 'en' }, channel: 'messenger', instructions, at: AT }],
    instructions: [instructions], sources: ['the person'],
    requests: RIGHTS.flatMap((right) => REQUEST_STATES.map((state) => ({ right, state, source: 'api', purpose: 'news', receivedAt: AT, due: AT, extendedBecause: 'much', decidedAt: AT, justification: 'JustificationA17LegalClaims', completedAt: AT, liftedAt: AT, goesBy: AT }))),
    derived: ['tokens'], automatedDecisions: 'none',
  },
}; // prettier-ignore

/** One of which less can be said. */
export const PLAIN: PersonCopy = {
  ...COPY,
  person: { ...COPY.person, restricted: false },
  processing: { ...COPY.processing!, derived: [] },
};
