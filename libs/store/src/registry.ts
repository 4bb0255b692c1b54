// Tenants, their keys, API keys, instructions and connections: what a tenant configured. No data about persons.
import { randomBytes, randomUUID, createHash } from 'node:crypto';
import { newTenantKey, openTenantKey, seal, unseal, type TenantKeys } from '#libs/vault';
import { inForceAt, type Approved } from './in-force.js';
import { appendLeaf } from './leaf.js';
import type { Db } from './pool.js';

export interface TenantRow {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly created_at: Date;
}

export interface ApiKeyOwner {
  readonly tenantId: string;
  readonly keyId: string;
  /** `tenant` for the whole management API, `recipient:<id>` for a bot that posts replies. */
  readonly scope: string;
}

export interface InstructionVersion {
  readonly version: number;
  readonly supersedes: number | null;
  readonly hash: string;
  readonly document: unknown;
  readonly findings: readonly { readonly severity: string; readonly rule: string }[];
  readonly submitted_at: Date;
  readonly approved_at: Date | null;
  readonly approved_by: string | null;
  readonly acknowledged: readonly string[];
}

interface VersionAt {
  /** null: none is in force. */
  readonly version: InstructionVersion | null;
  /** Versions that began before it. */
  readonly earlier: readonly number[];
  readonly changesInMs: number | null;
}

export interface Connection {
  readonly tenant_id: string;
  readonly id: string;
  readonly channel: string;
  readonly name: string;
  readonly account: string | null;
  readonly portfolio: string | null;
  readonly settings: Readonly<Record<string, string | readonly string[]>>;
  readonly health: string;
  readonly health_reason: string | null;
  readonly checked_at: Date;
  /** Since when the platform takes nothing from it; null: it does. */
  /** When its credentials first worked: whoever entered them has the account. */
  readonly proven_at: Date | null;
  readonly stopped_at: Date | null;
  /** Until when the platform told it to send nothing; a time that is over says nothing. */
  readonly paused_until: Date | null;
  readonly pause_code: string | null;
  /** When the platform last refused to tell it something of a person for want of a permission. */
  readonly look_up_refused_at: Date | null;
  readonly look_up_code: string | null;
  readonly created_at: Date;
}

export const hashKey = (secret: string): Buffer => createHash('sha256').update(secret).digest();
const newSecret = (prefix: string): string => `${prefix}_${randomBytes(24).toString('base64url')}`;
const secretsContext = (tenantId: string, table: string, row: string): string =>
  `${tenantId}|-|${table}|${row}|secrets`;

const CONNECTION =
  'tenant_id, id, channel, name, account, portfolio, settings, health, health_reason, checked_at, stopped_at, paused_until, pause_code, look_up_refused_at, look_up_code, proven_at, created_at';
const VERSION = 'version, supersedes, hash, document, findings, submitted_at, approved_at, approved_by, acknowledged';

export function registryVerbs(db: Db, masterKey: Buffer) {
  /** A key or secret that the controller entered: write-only. */
  const setRecipientSecret = (
    tenantId: string,
    { recipient, secret }: { readonly recipient: string; readonly secret: string },
    keys: TenantKeys,
  ): Promise<unknown> =>
    db.inTenant(tenantId, (tx) =>
      tx.query(
        'INSERT INTO parley.recipient_secret (tenant_id, recipient, secret) VALUES ($1, $2, $3) ON CONFLICT (tenant_id, recipient) DO UPDATE SET secret = excluded.secret, created_at = now()',
        [tenantId, recipient, seal(keys.secrets, secret, secretsContext(tenantId, 'recipient_secret', recipient))],
      ),
    );

  const instructionsAt = (tenantId: string, at?: Date): Promise<VersionAt> =>
    db.inTenant(tenantId, async (tx) => {
      const [clock] = await tx.query<{ now: Date }>('SELECT clock_timestamp() AS now');
      const approved = await tx.query<Approved & object>(
        `SELECT version, approved_at, document->'effective'->>'from' AS from, document->'effective'->>'until' AS until
         FROM parley.instruction_version WHERE tenant_id = $1 AND approved_at IS NOT NULL`,
        [tenantId],
      );
      // The database's clock also stamped the approvals: another one could be behind it.
      const { version, earlier, changesAt } = inForceAt(approved, at ?? clock!.now);
      const rows = await tx.query<InstructionVersion & object>(
        `SELECT ${VERSION} FROM parley.instruction_version WHERE tenant_id = $1 AND version = $2`,
        [tenantId, version],
      );
      return {
        version: rows[0] ?? null,
        earlier,
        changesInMs: changesAt && changesAt.getTime() - clock!.now.getTime(),
      };
    });

  const tenantBySlug = async (slug: string): Promise<TenantRow | null> =>
    (
      await db.directory<TenantRow>('SELECT id, slug, name, created_at FROM parley.tenant WHERE slug = $1', [slug])
    )[0] ?? null;

  return {
    tenantBySlug,

    tenantById: async (id: string): Promise<TenantRow | null> =>
      (await db.directory<TenantRow>('SELECT id, slug, name, created_at FROM parley.tenant WHERE id = $1', [id]))[0] ??
      null,

    tenants: (after: string, limit: number): Promise<TenantRow[]> =>
      db.directory('SELECT id, slug, name, created_at FROM parley.tenant WHERE slug > $1 ORDER BY slug LIMIT $2', [
        after,
        limit,
      ]),

    /** Makes a tenant with its key and its first API key; null when the slug is taken. The key is shown this once. */
    async createTenant(slug: string, name: string): Promise<{ id: string; slug: string; apiKey: string } | null> {
      const id = randomUUID();
      const apiKey = newSecret('pk');
      return db.inTenant(id, async (tx) => {
        const made = await tx.query(
          'INSERT INTO parley.tenant (id, slug, name) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING id',
          [id, slug, name],
        );
        if (made.length === 0) return null;
        await tx.query('INSERT INTO parley.tenant_key (tenant_id, wrapped) VALUES ($1, $2)', [
          id,
          newTenantKey(masterKey, id),
        ]);
        await tx.query('INSERT INTO parley.api_key (tenant_id, id, hash, label, scope) VALUES ($1, $2, $3, $4, $5)', [
          id,
          randomUUID(),
          hashKey(apiKey),
          'first key',
          'tenant',
        ]);
        return { id, slug, apiKey };
      });
    },

    async tenantKeys(tenantId: string): Promise<TenantKeys | null> {
      const rows = await db.inTenant(tenantId, (tx) =>
        tx.query<{ wrapped: Buffer }>('SELECT wrapped FROM parley.tenant_key WHERE tenant_id = $1', [tenantId]),
      );
      return rows[0] ? openTenantKey(masterKey, tenantId, rows[0].wrapped) : null;
    },

    async createApiKey(tenantId: string, label: string, scope: string): Promise<{ id: string; apiKey: string }> {
      const id = randomUUID();
      const apiKey = newSecret(scope === 'tenant' ? 'pk' : 'rk');
      await db.inTenant(tenantId, (tx) =>
        tx.query('INSERT INTO parley.api_key (tenant_id, id, hash, label, scope) VALUES ($1, $2, $3, $4, $5)', [
          tenantId,
          id,
          hashKey(apiKey),
          label,
          scope,
        ]),
      );
      return { id, apiKey };
    },

    apiKeys: (tenantId: string) =>
      db.inTenant(tenantId, (tx) =>
        tx.query<{ id: string; label: string; scope: string; created_at: Date; revoked_at: Date | null }>(
          'SELECT id, label, scope, created_at, revoked_at FROM parley.api_key WHERE tenant_id = $1 ORDER BY created_at',
          [tenantId],
        ),
      ),

    revokeApiKey: async (tenantId: string, id: string): Promise<boolean> =>
      (
        await db.inTenant(tenantId, (tx) =>
          tx.query(
            'UPDATE parley.api_key SET revoked_at = now() WHERE tenant_id = $1 AND id = $2 AND revoked_at IS NULL RETURNING id',
            [tenantId, id],
          ),
        )
      ).length > 0,

    async ownerOfApiKey(secret: string): Promise<ApiKeyOwner | null> {
      const rows = await db.directory<{ tenant_id: string; id: string; scope: string }>(
        'SELECT tenant_id, id, scope FROM parley.api_key WHERE hash = $1 AND revoked_at IS NULL',
        [hashKey(secret)],
      );
      return rows[0] ? { tenantId: rows[0].tenant_id, keyId: rows[0].id, scope: rows[0].scope } : null;
    },

    /** Stores a document as the next version; it is immutable from here on. */
    submitInstructions: (
      tenantId: string,
      submitted: {
        hash: string;
        document: unknown;
        findings: unknown;
        /** What the controller is told (Art. 28(3), last sentence); goes on the ledger. */
        notice?: readonly { readonly rule: string; readonly severity: string }[];
      },
    ): Promise<number> =>
      db.inTenant(tenantId, async (tx) => {
        await tx.query("SELECT pg_advisory_xact_lock(hashtext('instructions ' || $1))", [tenantId]);
        const rows = await tx.query<{ version: number }>(
          `INSERT INTO parley.instruction_version (tenant_id, version, supersedes, hash, document, findings)
           SELECT $1, coalesce(max(version), 0) + 1, max(version) FILTER (WHERE approved_at IS NOT NULL), $2, $3, $4
           FROM parley.instruction_version WHERE tenant_id = $1 RETURNING version`,
          [tenantId, submitted.hash, JSON.stringify(submitted.document), JSON.stringify(submitted.findings)],
        );
        const { version } = rows[0]!;
        if (submitted.notice && submitted.notice.length > 0)
          await appendLeaf(tx, tenantId, {
            type: 'infringement-notice', version, hash: submitted.hash, clause: '', rules: submitted.notice,
          }); // prettier-ignore
        return version;
      }),

    instructionVersions: (tenantId: string): Promise<InstructionVersion[]> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(`SELECT ${VERSION} FROM parley.instruction_version WHERE tenant_id = $1 ORDER BY version DESC`, [
          tenantId,
        ]),
      ),

    instructionVersion: async (tenantId: string, version: number): Promise<InstructionVersion | null> =>
      (
        await db.inTenant(tenantId, (tx) =>
          tx.query<InstructionVersion & object>(
            `SELECT ${VERSION} FROM parley.instruction_version WHERE tenant_id = $1 AND version = $2`,
            [tenantId, version],
          ),
        )
      )[0] ?? null,

    /** The version in force at a time, now unless given, and in how many milliseconds from now that changes by itself. */
    instructionsAt,

    instructionsInForce: async (tenantId: string): Promise<InstructionVersion | null> =>
      (await instructionsAt(tenantId)).version,

    async createConnection(
      tenantId: string,
      made: {
        channel: string;
        name: string;
        account: string | null;
        portfolio?: string | null;
        settings: object;
        secrets: object;
        health: string;
        reason: string | null;
        /** A public key of the maker's choice, where it must be found again. */
        siteKey?: string;
      },
      keys: TenantKeys,
    ): Promise<{ id: string; siteKey: string }> {
      const id = randomUUID();
      const siteKey = made.siteKey ?? newSecret('site');
      await db.inTenant(tenantId, async (tx) => {
        await tx.query(
          `INSERT INTO parley.connection (tenant_id, id, channel, name, account, settings, secrets, site_key_hash, health, health_reason, portfolio, proven_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, CASE WHEN $9 = 'healthy' THEN now() END)`,
          [
            tenantId,
            id,
            made.channel,
            made.name,
            made.account,
            made.settings,
            seal(keys.secrets, JSON.stringify(made.secrets), secretsContext(tenantId, 'connection', id)),
            hashKey(siteKey),
            made.health,
            made.reason,
            made.portfolio ?? null,
          ],
        );
        await tx.query(
          'INSERT INTO parley.connection_term (tenant_id, connection_id, channel, name, account, settings) VALUES ($1, $2, $3, $4, $5, $6)',
          [tenantId, id, made.channel, made.name, made.account, made.settings],
        );
      });
      return { id, siteKey };
    },

    /** What was entered anew takes the place of what was entered before. */
    reenterConnection: (
      tenantId: string,
      entered: { id: string; settings: object; secrets: object; portfolio: string | null },
      keys: TenantKeys,
    ): Promise<unknown> =>
      db.inTenant(tenantId, async (tx) => {
        await tx.query(
          'UPDATE parley.connection SET settings = $3, secrets = $4, portfolio = $5 WHERE tenant_id = $1 AND id = $2',
          [
            tenantId,
            entered.id,
            entered.settings,
            seal(keys.secrets, JSON.stringify(entered.secrets), secretsContext(tenantId, 'connection', entered.id)),
            entered.portfolio,
          ],
        );
        await tx.query(
          'UPDATE parley.connection_term SET settings = $3 WHERE tenant_id = $1 AND connection_id = $2 AND ended_at IS NULL',
          [tenantId, entered.id, entered.settings],
        );
      }),

    connections: (tenantId: string): Promise<Connection[]> =>
      db.inTenant(tenantId, (tx) =>
        tx.query(`SELECT ${CONNECTION} FROM parley.connection WHERE tenant_id = $1 ORDER BY created_at`, [tenantId]),
      ),

    /** A connection with its secrets in clear, for verifying and sending. */
    async openConnection(
      tenantId: string,
      id: string,
      keys: TenantKeys,
    ): Promise<(Connection & { readonly secrets: Readonly<Record<string, string>> }) | null> {
      const rows = await db.inTenant(tenantId, (tx) =>
        tx.query<Connection & { secrets: Buffer }>(
          `SELECT ${CONNECTION}, secrets FROM parley.connection WHERE tenant_id = $1 AND id = $2`,
          [tenantId, id],
        ),
      );
      const row = rows[0];
      return row
        ? {
            ...row,
            secrets: JSON.parse(
              unseal(keys.secrets, row.secrets, secretsContext(tenantId, 'connection', id)).toString(),
            ),
          }
        : null;
    },

    removeConnection: async (tenantId: string, id: string): Promise<boolean> =>
      (
        await db.inTenant(tenantId, async (tx) => {
          await tx.query(
            'UPDATE parley.connection_term SET ended_at = now() WHERE tenant_id = $1 AND connection_id = $2',
            [tenantId, id],
          );
          return tx.query('DELETE FROM parley.connection WHERE tenant_id = $1 AND id = $2 RETURNING id', [
            tenantId,
            id,
          ]);
        })
      ).length > 0,

    /** The signing secret shared with one recipient; made at first use. */
    async recipientSecret(tenantId: string, recipient: string, keys: TenantKeys): Promise<string> {
      const fresh = `whsec_${randomBytes(32).toString('base64')}`;
      const context = secretsContext(tenantId, 'recipient_secret', recipient);
      const rows = await db.inTenant(tenantId, async (tx) => {
        await tx.query(
          'INSERT INTO parley.recipient_secret (tenant_id, recipient, secret) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
          [tenantId, recipient, seal(keys.secrets, fresh, context)],
        );
        return tx.query<{ secret: Buffer }>(
          'SELECT secret FROM parley.recipient_secret WHERE tenant_id = $1 AND recipient = $2',
          [tenantId, recipient],
        );
      });
      return unseal(keys.secrets, rows[0]!.secret, context).toString();
    },

    /** Replaces the signing secret and answers the new one, which is shown this once. */
    async rotateRecipientSecret(tenantId: string, recipient: string, keys: TenantKeys): Promise<string> {
      const fresh = `whsec_${randomBytes(32).toString('base64')}`;
      await setRecipientSecret(tenantId, { recipient, secret: fresh }, keys);
      return fresh;
    },

    setRecipientSecret,
  };
}
