// The ledger: leaves, tree, checkpoints, verification; and the record of processing (Art. 30 GDPR).
export { fileAnchors, setAnchorsAside, type Anchor, type Anchors } from './anchors.js';
export { LedgerBroken, type Finding } from './findings.js';
export { createLedger, type Inclusion, type Ledger, type SignedHead } from './ledger.js';
export { createSequencer, type Sequencer } from './sequencer.js';
export { createPublish } from './publish.js';
export { recordPage, RECORD_HEADERS } from './record/page.js';
export { recordOfProcessing, type ProcessingRecord, type RecordInput } from './record/record.js';
export type { Verification } from './verify.js';
