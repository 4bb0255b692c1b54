// The data map: what every column holds, how long, and how it is protected. Retention, export, erasure and records read it.
import { about, is, none, pseudonym, type TableEntry } from './data-map-entry.js';

const TENANT = { tenant_id: none('the business') };
const DECIDED_BY = {
  instruction_version: about('accountability', 'the version of the instructions that provided for it'),
  clause: about('accountability', 'the clause of that version'),
};

const TENANTS = {
  tenant: {
    note: 'businesses', retention: 'contract', person: null,
    columns: { id: none(), slug: none(), name: none('name of the business'), created_at: none(), ending_until: none() },
  },
  tenant_key: {
    note: 'the key above all keys of one business', retention: 'contract', person: null,
    columns: { ...TENANT, wrapped: is('none', 'wrapped', 'destroyed first at the end of the contract') },
  },
  api_key: {
    note: 'who may use the interfaces of this gateway for a business', retention: 'contract', person: null,
    columns: {
      ...TENANT, id: none(), hash: is('none', 'hash', 'of the key, which is random'), label: none('chosen by the business'),
      scope: none(), created_at: none(), revoked_at: none(),
    },
  },
  instruction_version: {
    note: 'the documented instructions (Art. 28(3)(a))', retention: 'contract', person: null,
    columns: {
      ...TENANT, version: none(), supersedes: none(), hash: none('of the document'),
      document: none('names the contacts of the business and its data protection officer'), findings: none(),
      submitted_at: none(), approved_at: none(), approved_by: none('who approved it, as they named themselves'), acknowledged: none(),
    },
  },
  instruction_application: {
    note: 'how far a stricter version was applied to what is held', retention: 'contract', person: null,
    columns: {
      ...TENANT, version: none(), state: none(), stricter: none('pointers into the document'), round: none(), skipped: none(),
      conversation_mark: none('how far it has come'), message_mark: none('how far it has come'), total: none('a count'),
      examined: none('a count'), changed: none('a count'), not_before: none(), started_at: none(), finished_at: none(),
    },
  },
  instruction_statement: {
    note: 'who approved the instructions, and who took note of what is wrong with them', retention: 'contract', person: null,
    columns: {
      ...TENANT, id: none(), version: none(), kind: none(), name: none('of somebody who acts for the business'), credential: none('id of a key'),
      rules: none(), signature: none('names the same person'), at: none(),
    },
  },
  recipient_objection: {
    note: 'recipients that the business objects to (Art. 28(2))', retention: 'contract', person: null,
    columns: { ...TENANT, recipient: none(), name: none('of somebody who acts for the business'), reason: none('written by the business'), at: none() },
  },
  connection: {
    note: 'accounts of a business on the channels', retention: 'contract', person: null,
    columns: {
      ...TENANT, id: none(), channel: none(), name: none('chosen by the business'), account: none('of the business, not of a person'),
      portfolio: none('of the business'),
      settings: none('of the business; secrets are apart'), secrets: is('none', 'sealed-by-tenant', 'tokens and app secrets'),
      site_key_hash: is('none', 'hash'), health: none(), health_reason: none('a code, never an answer of a platform'),
      checked_at: none(), stopped_at: none('since when nothing can be sent'), paused_until: none('as the platform told it'), pause_code: none('a code, never an answer of a platform'), look_up_refused_at: none('when the platform last let it not look something up'), look_up_code: none('a code, never an answer of a platform'), proven_at: none('when its credentials first worked'), created_at: none(),
    },
  },
  connection_term: {
    note: 'which accounts were connected from when to when', retention: 'contract', person: null,
    columns: { ...TENANT, connection_id: none(), channel: none(), name: none('chosen by the business'), account: none('of the business, not of a person'), settings: none('of the business; no secrets'), begun_at: none(), ended_at: none() },
  },
  opendsr_certificate: {
    note: 'by which the calls of the own system of a business are verified', retention: 'contract', person: null,
    columns: { ...TENANT, pem: none('a certificate of the business'), created_at: none() },
  },
  recipient_secret: {
    note: 'what signs the calls of a recipient', retention: 'contract', person: null,
    columns: { ...TENANT, recipient: none(), secret: is('none', 'sealed-by-tenant'), created_at: none() },
  },
  observation: {
    note: 'which identifiers a connection exposed and what was done: counts, never a value', retention: 'contract', person: null,
    columns: {
      ...TENANT, connection_id: none(), channel: none(), exposure: none(), exposed: none('kinds, paths and actions, never a value'),
      lane: none(), count: none(), first_seen: none(), last_seen: none(),
    },
  },
} as const satisfies Record<string, TableEntry>; // prettier-ignore

const PERSONS = {
  subject: {
    note: 'persons who wrote', retention: 'person', person: 'id',
    columns: {
      ...TENANT, id: pseudonym(),
      restricted: about('accountability', 'processing is restricted (Art. 18)'),
      marketing_stopped_at: about('consent-record', 'since when the person wants no marketing'),
      person: pseudonym('the same for subjects that were found to be one person'), created_at: about('routing'),
    },
  },
  subject_key: {
    note: 'the key of everything that is held of a person', retention: 'person', person: 'subject_id',
    columns: {
      ...TENANT, subject_id: pseudonym(),
      wrapped_key: is('none', 'wrapped', 'destroying it makes everything sealed under it unreadable; the table is written anew afterwards'),
    },
  },
  identity: {
    note: 'by what a person is found and answered', retention: 'instructed', person: 'subject_id',
    columns: {
      ...TENANT, hash: is('routing', 'keyed-hash', 'for look-up without the value'), subject_id: pseudonym(),
      kind: about('routing', 'which kind of identifier'), value: is('routing', 'sealed-by-subject', 'phone number, user id, visitor id'),
      ...DECIDED_BY, valid_from: about('routing'), valid_to: about('routing'),
    },
  },
  conversation: {
    note: 'who talks to which account of the business', retention: 'instructed', person: 'subject_id',
    columns: {
      ...TENANT, id: pseudonym(), connection_id: about('routing', 'the account written to'), subject_id: pseudonym(),
      thread: pseudonym('where a channel has several conversations with a person, the random id of one'),
      locale: about('profile', 'language, where instructed'), notice_hash: about('accountability', 'which first notice was given'), notice_id: pseudonym('the message by which'),
      content_due_at: about('routing', 'when the last of its content goes'), due_at: about('routing', 'when all of it goes'),
      last_inbound_at: about('routing', 'opens the reply window'), aside_at: about('routing', 'when another app last had it'), last_message_id: pseudonym(), attempts: none(), not_before: none(), ours_from: none(),
      tokens: is('content', 'sealed-by-subject', 'what the tokens in texts given to recipients stand for'),
      feed: none('a counter'), lease: none('of the worker at work'), lease_until: none(),
      asking: about('accountability', 'to whom something is on its way, for which purpose: a disclosure until its step says otherwise'), ...DECIDED_BY, created_at: about('routing'),
    },
  },
  message: {
    note: 'messages of both sides', retention: 'instructed', person: 'conversation_id',
    columns: {
      ...TENANT, id: pseudonym(), conversation_id: pseudonym(), direction: about('routing'), type: about('routing'),
      content_type: about('content', 'text, picture, location …'),
      body: is('content', 'sealed-by-subject', 'what was written, and identifiers kept beside it'),
      target: is('routing', 'keyed-hash', 'the message that it edits, revokes or answers'), reply_to: pseudonym(),
      state: about('routing'), rank: about('routing'), code: about('routing', 'error code of the platform'), attempts: none(), replays: none(),
      sent_parts: is('routing', 'keyed-hash', 'ids on the platform of the parts of a long message that went out already'),
      feed: none('place in what a web chat may fetch'),
      waiting: about('consent-record', 'purposes whose consent it waits for'),
      held_until: about('consent-record', 'when it is dropped unless consent is given'), forwarded: about('accountability'),
      purposes: about('consent-record', 'what it was written for: not sent once all of that is objected to'),
      under_consent: about('consent-record', 'those of the purposes that need consent when it is sent'),
      marketing: about('consent-record', 'not sent once the person wants no marketing'),
      fleeting: none('whether the body goes once it has reached the person'),
      unheard: none('whether somebody has still to look what it asks of the gateway itself'),
      ...DECIDED_BY, at: about('routing'),
    },
  },
  external_id: {
    note: 'which updates were taken already', retention: 'instructed', person: 'conversation_id',
    columns: {
      ...TENANT, connection_id: none(), hash: is('routing', 'keyed-hash', 'the id on the platform, which may contain a phone number'),
      message_id: pseudonym(), conversation_id: pseudonym(), at: about('routing'), replays: none(),
    },
  },
  delivery_status: {
    note: 'sent, delivered, read or failed, as the platform says', retention: 'instructed', person: 'hash',
    columns: {
      ...TENANT, connection_id: none(), hash: is('routing', 'keyed-hash', 'leads to the message by external_id'),
      status: about('routing'), rank: none(), code: about('routing', 'error code of the platform'), at: about('routing'),
      unbound_since: none('until its message is known; a minute at most'), ...DECIDED_BY,
    },
  },
  disclosure: {
    note: 'which recipient received which categories: whom erasure must tell (Art. 19)', retention: 'person', person: 'subject_id',
    columns: {
      ...TENANT, subject_id: pseudonym(), recipient: about('accountability'), purpose: about('accountability'),
      ...DECIDED_BY, categories: about('accountability', 'names of categories, no value'),
      count: about('accountability'), first_at: about('accountability'), last_at: about('accountability'),
    },
  },
  consent_event: {
    note: 'consent asked for, given, refused, withdrawn, lapsed (Art. 7(1))', retention: 'instructed', person: 'subject_id',
    columns: {
      ...TENANT, id: pseudonym(), subject_id: pseudonym(), purpose: about('consent-record'), state: about('consent-record'),
      text_id: about('consent-record'), text_version: about('consent-record'),
      text_hash: about('consent-record', 'of what the person was shown'), scope: about('consent-record'),
      language: about('consent-record'), channel: about('consent-record'),
      message_id: pseudonym('the message that asked or answered'),
      source: about('consent-record', 'what brought it where no message did'), ...DECIDED_BY, at: about('consent-record'),
      code: none('random: opens the receipt for a day'),
    },
  },
  consent_ending: {
    note: 'a consent that ended, carried through what was kept on it (Art. 17(1)(b))', retention: 'instructed', person: 'subject_id',
    columns: {
      ...TENANT, id: pseudonym('the event by which it ended'), subject_id: pseudonym(), purpose: about('consent-record'),
      cause: about('consent-record'), state: none(), round: none(), skipped: none(), conversation_mark: none('how far it has come'),
      message_mark: none('how far it has come'), total: none('a count'), examined: none('a count'), changed: none('a count'), files: none('a count'), not_before: none(), started_at: none(), finished_at: none(),
    },
  },
  sensitive_event: {
    note: 'that a message held something of a special category (Art. 9, 10), what was told, when it goes', retention: 'instructed', person: 'conversation_id',
    columns: {
      ...TENANT, id: none(), conversation_id: pseudonym(), message_id: pseudonym(), content_of: pseudonym('the message whose content it is'),
      section: about('accountability', 'special category or criminal offence; never which'), mode: about('accountability'),
      told: about('accountability', 'whether the person was told'), text_hash: about('accountability', 'of what the person was told'),
      language: about('accountability'), ...DECIDED_BY, at: about('accountability'), purge_at: about('accountability', 'by when the content goes'),
      purged_at: about('accountability'),
    },
  },
  age_event: {
    note: 'whether a person is of age to consent (Art. 8): as declared, or a guardian confirmed', retention: 'instructed', person: 'subject_id',
    columns: {
      ...TENANT, id: pseudonym(), subject_id: pseudonym(), state: about('consent-record', 'adult, minor, guardian confirmed; no date of birth'),
      age: about('consent-record', 'the threshold that was asked for, not an age of the person'), source: about('consent-record', 'the person, or a key of the business'),
      text_hash: about('consent-record', 'of what the person was asked'), language: about('consent-record'), channel: about('consent-record'),
      message_id: pseudonym('the message that asked or answered'), ...DECIDED_BY, at: about('consent-record'),
    },
  },
  dead_letter: {
    note: 'messages that could not go on, for an operator to see', retention: 'instructed', person: 'conversation_id',
    columns: {
      ...TENANT, id: none(), conversation_id: pseudonym(), message_id: pseudonym(), stage: none(), code: none(),
      created_at: about('routing'), replayed_at: none(),
    },
  },
  attachment: {
    note: 'files that persons sent', retention: 'instructed', person: 'subject_id',
    columns: {
      ...TENANT, id: pseudonym(), message_id: pseudonym(), subject_id: pseudonym(), media: about('attachments', 'picture, sound …'),
      mime: about('attachments'), size: about('attachments'), bytes: is('attachments', 'sealed-by-subject', 'without embedded metadata'),
      source: is('attachments', 'sealed-by-subject', 'of a file that could not be had: what the platform calls it'),
      position: none('among the files of its message'), ...DECIDED_BY, created_at: about('routing'),
    },
  },
} as const satisfies Record<string, TableEntry>; // prettier-ignore

/** What people asked for by right, and what follows from it. */
const RIGHTS = {
  rights_request: {
    note: 'who exercised which right, and what was done (Art. 12, 15 to 22)', retention: 'request', person: 'subject_ids',
    columns: {
      ...TENANT, id: none('random; names nobody once the request is closed by an erasure'), exercised: about('accountability', 'the right'),
      state: about('accountability'), source: about('accountability', 'interface, chat or platform'),
      hashes: is('routing', 'keyed-hash', 'whom it is about, until that is found; emptied by an erasure'),
      subject_ids: pseudonym('whom it is about; emptied by an erasure'), conversation_id: pseudonym('where it was asked; emptied by an erasure'), aside: none('another app had the conversation'),
      conversations: pseudonym('of an erasure that is being carried out'),
      reference: is('routing', 'sealed-by-tenant', 'what a platform called a person whom nobody here answers to'),
      purpose: about('accountability', 'of an objection'), code: none('random: opens the public page of the request'), calls: none("codes of a platform's calls that found it open"), ...DECIDED_BY,
      received_at: about('accountability'), due_at: about('accountability'), extended_because: about('accountability', 'written by the business'),
      alerted: none(), decided_at: about('accountability'), decided_by: none('label of a key'), justification: about('accountability', 'a DPV term'),
      completed_at: about('accountability'), lifted_at: about('accountability'), revision: none('grows with what the business is told of'), told_revision: none('how far it was told'), tell_attempts: none(), tell_at: none(), kept_until: about('accountability', 'when the row is deleted, with all that hangs on it'), evidence: about('accountability', 'counts, names of recipients, times'),
      progress: about('accountability', 'the same, of an erasure that is not over'),
      history: about('accountability', 'states and when it came into each'), attempts: none(), not_before: none(), identity_code: is('none', 'keyed-hash', 'of a random code; gone once it was used'), identity_until: none(),
      identity_tries: none(), identity_codes: none('how many were sent'), identity_sent_at: none(),
    },
  },
  mention_search: {
    note: 'an instructed search for an erased person in what others wrote', retention: 'moment', person: 'request_id',
    columns: {
      ...TENANT, request_id: none(), mode: none(), words: is('routing', 'sealed-by-tenant', 'by what the person is looked for; gone once it has ended'),
      mark: none('how far it has come'), until: none('what was there then'), examined: none('a count'), found: none('a count'), lease_until: none(),
      begun_at: about('accountability'), finished_at: about('accountability'),
    },
  },
  stale_tokens: {
    note: 'conversations whose tokens are to be looked through, because something that was said there is gone', retention: 'moment', person: 'conversation_id',
    columns: { ...TENANT, conversation_id: pseudonym(), not_before: none() },
  },
  mention: {
    note: 'messages in which somebody was mentioned who was erased', retention: 'instructed', person: 'message_id',
    columns: {
      ...TENANT, request_id: none(), message_id: pseudonym('a message of somebody else'), conversation_id: pseudonym(),
      redacted: about('accountability', 'whether the mention was taken out'),
    },
  },
  opendsr_request: {
    note: "by which id the business's own system knows a request; it names nobody, and a request that is over leads to nobody", retention: 'request',
    person: null,
    columns: { ...TENANT, id: none('random, made by the business'), request_id: none(), received_at: none(), cancelled_at: none('by the business') },
  },
  opendsr_callback: {
    note: "addresses of the business's own system that are told what becomes of a request", retention: 'request', person: null,
    columns: {
      ...TENANT, id: none('of the request there'), n: none(), url: none('of the business'), told: none('the last state that it took'), closed: none(),
      attempts: none(), code: none('of the last failure'), not_before: none(),
    },
  },
  correction: {
    note: 'what was put right of a person, and what a person stated beside it (Art. 16)', retention: 'instructed', person: 'subject_id',
    columns: {
      ...TENANT, id: pseudonym(), subject_id: pseudonym(), request_id: none(), channel: about('profile'), kind: about('profile', 'which kind of identifier'),
      form: none('whole, coarser or a keyed hash'), message_id: pseudonym('what the statement is about'), value: is('profile', 'sealed-by-subject', 'the right value, or the statement'),
      replaces: is('profile', 'keyed-hash', 'of what was wrong, to know it again'), settled_at: about('accountability'), ...DECIDED_BY, at: about('accountability'),
    },
  },
  rights_copy: {
    note: 'copies made for access and portability, for some days', retention: 'moment', person: 'subject_id',
    columns: {
      ...TENANT, request_id: none(), subject_id: pseudonym(), body: is('content', 'sealed-by-subject', 'everything held about the person'),
      until: none('when it is deleted, fetched or not'),
      holder: is('none', 'hash', 'of a random secret of the browser that fetches it'),
    },
  },
  recipient_notice: {
    note: 'what recipients are told about erasure, restriction and correction (Art. 19)', retention: 'request', person: 'request_id',
    columns: {
      ...TENANT, id: none(), request_id: none(), recipient: about('accountability'), event: about('accountability'), url: none('of the recipient'),
      body: is('routing', 'sealed-by-tenant', 'the pseudonyms by which the recipient knows the person; gone once acknowledged'),
      state: about('accountability'), attempts: none(), code: none('of the last failure'), created_at: about('accountability'), not_before: none(),
      escalate_at: none(), escalated_at: about('accountability'), acknowledged_at: about('accountability'),
    },
  },
  objection: {
    note: 'purposes that a person objected to (Art. 21)', retention: 'person', person: 'subject_id',
    columns: { ...TENANT, subject_id: pseudonym(), purpose: about('consent-record'), ...DECIDED_BY, at: about('consent-record') },
  },
  suppression: {
    note: 'that somebody objected, beyond an erasure (Art. 21(3))', retention: 'contract', person: 'hash',
    columns: {
      ...TENANT, hash: is('consent-record', 'keyed-hash', 'under a key that serves nothing else'), purpose: about('consent-record'), ...DECIDED_BY,
      since: about('consent-record'),
    },
  },
  deletion: {
    note: 'whom a restored backup must not bring back', retention: 'backup', person: 'subject_id',
    columns: { ...TENANT, id: none('random'), subject_id: pseudonym('of somebody of whom nothing else is left'), at: about('accountability'), request_id: none('by which request; it names nobody any more'), kept: none('what a legal hold kept: categories, connections, times') },
  },
  retention_mark: {
    note: 'how far retention has looked, and whoever ends consents', retention: 'contract', person: null,
    columns: { ...TENANT, rule: none('category, start and period; or a version'), mark: none('the time up to which was looked') },
  },
  incident: {
    note: 'suspected breaches: when, what, and how many it concerns (Art. 33(5))', retention: 'contract', person: null,
    columns: {
      ...TENANT, id: none(), from_at: none(), to_at: none(), components: none('what may have been reached'), suspicion: none('DPV terms'),
      opened_at: none(), lease_until: none(), counted_at: none(), persons: none(), events: none(), categories: none('how many persons each'),
      keys: none('how many'), closed_at: none(),
    },
  },
  incident_person: {
    note: 'whom an incident concerns', retention: 'person', person: 'subject_id',
    columns: {
      ...TENANT, incident_id: none(), subject_id: pseudonym(), events: about('accountability', 'how many messages'),
      categories: about('accountability', 'names of categories'), first_at: about('accountability'), last_at: about('accountability'),
    },
  },
  incident_notice: {
    note: 'what the business was told of an incident', retention: 'contract', person: null,
    columns: { ...TENANT, id: none(), incident_id: none(), phase: none(), body: none('numbers and names of categories'), at: none() },
  },
  statistic_bin: {
    note: 'anonymous statistics: counts of groups, made once, from which no single person follows', retention: 'contract', person: null,
    columns: {
      ...TENANT, starts: none(), ends: none(), instruction_version: none('the version that asked for them'), minimum_group: none(),
      dimensions: none(), persons: none('null: fewer than the group'), messages: none(), cells: none('values of dimensions with a count'),
    },
  },
} as const satisfies Record<string, TableEntry>; // prettier-ignore

const LEDGER_AND_REST = {
  ledger_leaf: {
    note: 'what was done, without personal data', retention: 'ledger', person: null,
    columns: { ...TENANT, seq: none(), leaf: none('types, counts, versions and random ids only'), at: none(), position: none() },
  },
  ledger_tile: {
    note: 'the tree over the leaves', retention: 'ledger', person: null,
    columns: { ...TENANT, level: none(), index: none(), hashes: is('none', 'hash') },
  },
  ledger_head: {
    note: 'the last signed checkpoint', retention: 'ledger', person: null,
    columns: { ...TENANT, size: none(), note: none(), edge: is('none', 'hash'), at: none() },
  },
  ledger_checkpoint: {
    note: 'signed checkpoints that stay', retention: 'ledger', person: null,
    columns: { ...TENANT, size: none(), note: none(), at: none() },
  },
  ledger_key: {
    note: 'what signs checkpoints', retention: 'ledger', person: null,
    columns: { ...TENANT, public_key: none(), sealed: is('none', 'sealed-by-tenant', 'the private half'), created_at: none() },
  },
  ended_contract: {
    note: 'that a contract ended, with the certificate of deletion and the last checkpoint', retention: 'operator', person: null,
    columns: {
      id: none('of the business that is gone'), slug: none(), ended_at: none(), certificate: none('counts and times, signed'), checkpoint: none(),
      key: none('the public half of what signed'),
    },
  },
  spent_ticket: {
    note: 'one-time tickets of the web chat that were used', retention: 'moment', person: null,
    columns: { id: none('random'), until: none() },
  },
  destroyed_key: {
    note: 'that keys were destroyed whose former rows still stand in the files', retention: 'moment', person: null,
    columns: { id: none('random'), at: none() },
  },
  heartbeat: {
    note: 'when the journal of deletions outside was last known to be complete', retention: 'operator', person: null,
    columns: { one: none('there is one row'), at: none() },
  },
  migration: {
    note: 'which changes of the schema ran', retention: 'contract', person: null,
    columns: { id: none(), timestamp: none(), name: none() },
  },
} as const satisfies Record<string, TableEntry>; // prettier-ignore

/** Every table of schema `parley`; a partition is part of its table. A test compares it with the database. */
export const DATA_MAP: Readonly<Record<string, TableEntry>> = { ...TENANTS, ...PERSONS, ...RIGHTS, ...LEDGER_AND_REST };

/** Schemas of libraries in the same database, and what may be in them. */
export const OTHER_SCHEMAS: Readonly<Record<string, string>> = {
  bullmq: 'queues: wake-ups that carry the random ids of a tenant and a conversation, and nothing else',
  public: 'nothing',
};
