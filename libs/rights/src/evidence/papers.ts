// The papers of accountability as files: now, and as each approved version of the instructions found them.
import {
  annexesOf,
  annexesPaper,
  paperCsv,
  paperPage,
  recordOfProcessing,
  recordPaper,
  subProcessorRegister,
  subProcessorsPaper,
  type Paper,
  type Standing,
} from '#libs/ledger';
import type { Entry } from './archive.js';

const files = (path: string, data: object, paper: Paper): Entry[] => [
  { path: `${path}.json`, content: JSON.stringify(data, null, 2) },
  { path: `${path}.html`, content: paperPage(paper) },
  { path: `${path}.csv`, content: paperCsv(paper) },
];

export function paperFiles(folder: string, standing: Standing): Entry[] {
  const [record, annexes, register] = [
    recordOfProcessing(standing),
    annexesOf(standing),
    subProcessorRegister(standing),
  ];
  return [
    ...files(`${folder}/record-of-processing`, record, recordPaper(record)),
    ...files(`${folder}/annexes`, annexes, annexesPaper(annexes)),
    ...files(`${folder}/sub-processors`, register, subProcessorsPaper(register)),
  ];
}
