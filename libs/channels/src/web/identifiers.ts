// The identifier registry of web chat: what a browser, a page and a person expose. Paths are those of `WebPayload`.
import type { IdentifierKind } from '#libs/kernel';
import { browserIdentifiers } from './identifiers-browser.js';
import { statedIdentifiers } from './identifiers-stated.js';

const sessionIdentifiers: readonly IdentifierKind[] = [
  {
    key: 'visitor_id',
    paths: ['visitorId', 'activity.from.id'],
    dpv: ['UID', 'Tracking'],
    phases: ['before', 'during', 'after'],
    scope: 'session',
    role: 'routing',
    category: 'routing',
    reply: 'required',
    sensitivity: 'medium',
    of: 'subject',
    suggested: 'keep',
    lifetime: 'random, made by us when the chat is opened, in session storage until the tab is closed',
  },
  {
    key: 'conversation_id',
    paths: ['conversationId'],
    dpv: ['UID'],
    phases: ['during', 'after'],
    scope: 'session',
    role: 'correlation',
    category: 'routing',
    reply: 'none',
    sensitivity: 'low',
    of: 'subject',
    suggested: 'drop',
    lifetime: 'random, made by us; names our own conversation',
  },
  {
    key: 'message_id',
    paths: ['activityId', 'activity.replyToId'],
    dpv: ['CommunicationsMetadata'],
    phases: ['during'],
    scope: 'message',
    role: 'correlation',
    category: 'routing',
    reply: 'none',
    sensitivity: 'low',
    of: 'subject',
    suggested: 'drop',
    lifetime: 'random, made by us; contains nothing',
  },
  {
    key: 'client_activity_id',
    paths: ['activity.channelData.clientActivityID', 'activity.id'],
    dpv: ['CommunicationsMetadata'],
    phases: ['during'],
    scope: 'message',
    role: 'correlation',
    category: 'routing',
    reply: 'none',
    sensitivity: 'low',
    of: 'subject',
    suggested: 'drop',
    lifetime: 'made by the client so that it knows its own message again',
  },
];

export const identifiers: readonly IdentifierKind[] = [
  ...sessionIdentifiers,
  ...browserIdentifiers,
  ...statedIdentifiers,
];
