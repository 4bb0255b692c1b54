// The list of commands. Each is one file that describes itself.
import { Command } from 'commander';
import type { Io } from './io.js';
import { backup } from './commands/backup.js';
import { connectionAdd } from './commands/connection-add.js';
import { connectionList } from './commands/connection-list.js';
import { deadLettersList } from './commands/dead-letters-list.js';
import { deadLettersReplay } from './commands/dead-letters-replay.js';
import { dbUrl } from './commands/db-url.js';
import { evidence } from './commands/evidence.js';
import { fakeMeta } from './commands/fake-meta.js';
import { health } from './commands/health.js';
import { incidentClose } from './commands/incident-close.js';
import { incidentDraft } from './commands/incident-draft.js';
import { incidentList } from './commands/incident-list.js';
import { incidentOpen } from './commands/incident-open.js';
import { incidentShow } from './commands/incident-show.js';
import { incidentTell } from './commands/incident-tell.js';
import { instructionsLint } from './commands/instructions-lint.js';
import { ledgerVerify } from './commands/ledger-verify.js';
import { restore } from './commands/restore.js';
import { simulate } from './commands/simulate.js';
import { tenantCreate } from './commands/tenant-create.js';
import { tenantList } from './commands/tenant-list.js';

/** Adds its command to a parent. */
export type AddCommand = (parent: Command, io: Io) => void;

const GROUPS: readonly { readonly name: string; readonly about: string; readonly commands: readonly AddCommand[] }[] = [
  { name: 'tenant', about: 'businesses on this gateway', commands: [tenantCreate, tenantList] },
  { name: 'connection', about: "a tenant's accounts on channels", commands: [connectionAdd, connectionList] },
  { name: 'dead-letters', about: 'messages that failed for good', commands: [deadLettersList, deadLettersReplay] },
  { name: 'instructions', about: 'processing instructions', commands: [instructionsLint] },
  {
    name: 'incident',
    about: 'suspected breaches of personal data',
    commands: [incidentOpen, incidentList, incidentShow, incidentDraft, incidentTell, incidentClose],
  },
  { name: 'ledger', about: 'the record of what was done', commands: [ledgerVerify] },
  { name: 'db', about: 'the database', commands: [dbUrl] },
];

const SINGLE: readonly AddCommand[] = [health, evidence, backup, restore, simulate, fakeMeta];

export function programOf(io: Io): Command {
  const program = new Command('parley')
    .description(
      'Operates a Parley gateway: a messaging gateway that executes its controllers’ processing instructions.',
    )
    .configureOutput({
      writeOut: (text) => io.line(text.trimEnd()),
      writeErr: (text) => io.complain(text.trimEnd()),
    })
    .exitOverride();
  const make = (parent: Command, commands: readonly AddCommand[]): void => commands.forEach((add) => add(parent, io));
  make(program, SINGLE);
  for (const group of GROUPS) make(program.command(group.name).description(group.about), group.commands);
  return program;
}
