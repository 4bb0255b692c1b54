// The only place that knows SQL: migrations, row-level security, domain verbs.
export type { AgeEventRow, AgeListed, AgeState } from './ages.js';
export type { Application, ApplicationState } from './application.js';
export { backup, type BackupOptions, type Made } from './backup/backup.js';
export type { Span as Covered } from './backup/coverage.js';
export { BackupUnusable } from './backup/frames.js';
export { restore, type Restored, type RestoreOptions } from './backup/restore.js';
export type { AttachmentRow } from './attachments.js';
export type { Aim, Change } from './changes.js';
export {
  openCorrections,
  type CorrectBody,
  type CorrectedBody,
  type CorrectedForm,
  type CorrectedValue,
  type Correction,
  type Rectification,
  type Replaced,
  type Supplement,
} from './corrections.js';
export type { ConsentChange, ConsentEventRow, ConsentLatest, ConsentListed } from './consents.js';
export { DATA_MAP, OTHER_SCHEMAS } from './data-map.js';
export type { ColumnEntry, DataCategory, Protection, RetentionClass, TableEntry } from './data-map-entry.js';
export type { ConsentEnding, EndingState } from './consent-endings.js';
export { CHANGES } from './pool.js';
export { DELETIONS, deletionLine, untilLine, type Deletion } from './deletions.js';
export { ERASURE_STEPS, KEYS_DESTROYED, PERSONS, type ErasureScope, type ErasureStep } from './erasure.js';
export { succession } from './in-force.js';
export type { KindDue, SealedBody, Without } from './identifier-retention.js';
export type { HeldBatch, HeldChanges, HeldConversation, HeldFile, HeldMessage } from './held.js';
export type { HeldBack } from './held-back.js';
export type { Parts } from './parts.js';
export type { ConversationTimes, DueTimes } from './due-times.js';
export type { Keeping, Kept } from './holding.js';
export type {
  IncidentKeys,
  IncidentNoticeRow,
  IncidentPersonRow,
  IncidentReach,
  IncidentRow,
  KeptBeside,
} from './incidents.js';
export {
  RANK,
  type Batch,
  type LeafRow,
  type MessageRow,
  type Exposure,
  type ObservationRow,
  type StatusRow,
} from './ingest.js';
export type { CheckpointRow, HeadRow, LeafLine, LedgerCount, Placed, PlacedLine, TileRow } from './ledger.js';
export type { Leftover } from './leftovers.js';
export type { Mention, MentionSearch, SearchedMessage } from './mentions.js';
export { UNINSTRUCTED } from './leaf.js';
export type { Login, Logins } from './logins.js';
export { migrate, prepareDatabase } from './migrate.js';
export type { NewNotice, NoticeRow, Untold } from './notices.js';
export type { OpenDsrCallback, OpenDsrName, OpenDsrRow } from './opendsr.js';
export type { PersonRows } from './persons.js';
export type { UntoldRequest } from './request-telling.js';
export type { ProfileRow } from './profiles.js';
export type { Echo } from './sendings.js';
export type { ConversationListed, ConversationRow, MessageRecord, ObservationCount } from './readings.js';
export type { ApiKeyOwner, Connection, InstructionVersion, TenantRow } from './registry.js';
export type { RecipientObjection } from './recipient-objections.js';
export type { SealedCopy } from './copies.js';
export type { NewRightsRequest, RequestChange, RightsRequestRow } from './requests.js';
export { AskedElsewhere, type Said } from './said.js';
export type { Due, Swept } from './retention.js';
export type { Sensitive, SensitiveFound } from './special.js';
export type { ApprovalOutcome, NewStatement, Statement } from './statements.js';
export type { BinRow, CellFigure, Counting, Figure } from './statistics.js';
export type { EndedContract } from './offboarding.js';
export { openStore, type Store, type StoreOptions } from './store.js';
export type { Handle } from './handles.js';
export { openHandles, type Contact, type Marketing, type Resolved } from './subjects.js';
export { ABOUT_RIGHTS, MOST_OPEN } from './turn-rows.js';
export type { Disclosed, OpenMessage, OutboundRow, Settled, Turn, TurnRef, Words } from './turn-rows.js';
export type { TokensAndWords } from './stale-tokens.js';
