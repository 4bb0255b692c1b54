// The first migration: schema, tables, security, group commit.
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { INGEST } from './ingest.js';
import { BACKUP_ROLE, JOURNAL_TABLES } from './journal.js';
import { PARTITIONS } from './partitions.js';
import { RIGHTS_FUNCTIONS, RIGHTS_TABLES } from './rights.js';
import { SECURITY } from './security.js';
import { TABLES } from './tables.js';
import { TURNS } from './turns.js';

export class Spine1764000000000 implements MigrationInterface {
  readonly name = 'Spine1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(RIGHTS_TABLES);
    await runner.query(JOURNAL_TABLES);
    await runner.query(SECURITY);
    await runner.query(PARTITIONS);
    await runner.query(INGEST);
    await runner.query(TURNS);
    await runner.query(RIGHTS_FUNCTIONS);
    await runner.query(BACKUP_ROLE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA parley CASCADE');
  }
}
