// The first migration: schema, tables, security, group commit.
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CORRECTION_TABLES } from './corrections.js';
import { FAILURES } from './failures.js';
import { APPLICATION_TABLES } from './application.js';
import { ACCOUNTABILITY_SECURITY, ACCOUNTABILITY_TABLES } from './accountability.js';
import { INCIDENT_SECURITY, INCIDENT_TABLES } from './incidents.js';
import { INGEST } from './ingest.js';
import { BACKUP_ROLE, JOURNAL_TABLES } from './journal.js';
import { CONTACTS } from './contacts.js';
import { KEY_FUNCTIONS, KEY_TABLE } from './keys.js';
import { MENTION_TABLES } from './mentions.js';
import { OPENDSR_TABLES } from './opendsr.js';
import { PARTITIONS } from './partitions.js';
import { RIGHTS_FUNCTIONS, RIGHTS_TABLES } from './rights.js';
import { SECURITY } from './security.js';
import { SPECIAL_RIGHTS, SPECIAL_TABLES } from './special.js';
import { OBJECTION_TABLES, STATEMENT_TABLES } from './statements.js';
import { STATISTICS_SECURITY, STATISTICS_TABLES } from './statistics.js';
import { TABLES } from './tables.js';
import { TOKEN_TABLES } from './tokens.js';
import { TURNS } from './turns.js';
import { UPKEEP } from './upkeep.js';

export class Spine1764000000000 implements MigrationInterface {
  readonly name = 'Spine1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(KEY_TABLE);
    await runner.query(RIGHTS_TABLES);
    await runner.query(CORRECTION_TABLES);
    await runner.query(SPECIAL_TABLES);
    await runner.query(APPLICATION_TABLES);
    await runner.query(STATEMENT_TABLES);
    await runner.query(OBJECTION_TABLES);
    await runner.query(STATISTICS_TABLES);
    await runner.query(INCIDENT_TABLES);
    await runner.query(ACCOUNTABILITY_TABLES);
    await runner.query(JOURNAL_TABLES);
    await runner.query(OPENDSR_TABLES);
    await runner.query(MENTION_TABLES);
    await runner.query(TOKEN_TABLES);
    await runner.query(SECURITY);
    await runner.query(SPECIAL_RIGHTS);
    await runner.query(ACCOUNTABILITY_SECURITY);
    await runner.query(KEY_FUNCTIONS);
    await runner.query(PARTITIONS);
    await runner.query(INGEST);
    await runner.query(CONTACTS);
    await runner.query(TURNS);
    await runner.query(RIGHTS_FUNCTIONS);
    await runner.query(FAILURES);
    await runner.query(STATISTICS_SECURITY);
    await runner.query(INCIDENT_SECURITY);
    await runner.query(BACKUP_ROLE);
    await runner.query(UPKEEP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA parley CASCADE');
  }
}
