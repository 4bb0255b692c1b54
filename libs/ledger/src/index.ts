// The ledger: leaves, tree, checkpoints, verification; and the record of processing (Art. 30 GDPR).
export { fileAnchors, setAnchorsAside, type Anchor, type Anchors } from './anchors.js';
export { createForgetEnded } from './ended.js';
export { LedgerBroken, unlessBroken, type Finding } from './findings.js';
export { createLedger, type Inclusion, type Ledger, type SignedHead, type Signer } from './ledger.js';
export { createSequencer, type Sequencer } from './sequencer.js';
export { createPublish } from './publish.js';
export type { PublicKeys, Signable, Signatures, Signed } from './signatures.js';
export { annexesOf, type Annexes } from './record/annexes.js';
export { paperCsv } from './record/csv.js';
export { paperPage } from './record/page.js';
export type { Paper } from './record/paper.js';
export { annexesPaper, recordPaper, subProcessorsPaper } from './record/papers.js';
export { recordOfProcessing, type ProcessingRecord } from './record/record.js';
export { createStandingOf, type StandingOf } from './record/standing-of.js';
export { momentOf, type Standing } from './record/standing.js';
export { subProcessorRegister, type SubProcessorRegister } from './record/sub-processors.js';
export type { Verification } from './verify.js';
