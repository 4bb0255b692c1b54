// Invented turns for the tests of recipients: what minimising would have left of a message.
import type { MinimisedTurn } from '#libs/instructions';
import { grantMandate, personal, type Category, type Content } from '#libs/kernel';
import type { RecipientContext } from '../src/index.js';

export const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes....').toString('base64')}`;
const instruction = { version: 3, hash: 'ab'.repeat(32), clause: '/recipients/bot' };

/** Only instructions make a MinimisedTurn; a test has none, hence the assertion. */
export function turn(
  content: Content | null,
  change: { categories?: Category[]; identifiers?: Record<string, string> } = {},
) {
  const { categories = ['content', 'attachments'], identifiers = {} } = change;
  return {
    recipient: 'bot',
    purpose: 'support',
    categories,
    identifiers,
    fileMetadata: false,
    content: content ? personal(content) : null,
    contentType: content?.type ?? null,
    mandate: grantMandate({ tenantId: 'tenant-1', operation: 'Disclose', purpose: 'support', categories, instruction }),
  } as unknown as MinimisedTurn;
}

export const context = (change: Partial<RecipientContext> = {}): RecipientContext => ({
  messageId: '019a8f2e-0000-7000-8000-000000000001',
  conversation: 'c_7f3a',
  subject: 's_91bc',
  channel: 'messenger',
  event: 'message',
  at: new Date('2026-09-01T11:59:58Z'),
  instruction,
  attachments: [{ id: 'att_1', type: 'image', mime: 'image/jpeg', url: 'https://parley.example/v1/attachments/att_1' }],
  missing: [],
  url: 'https://bot.acme.example/parley',
  secret: SECRET,
  model: null,
  prompt: null,
  locale: null,
  now: new Date('2026-09-01T12:00:00.500Z'),
  ...change,
});
