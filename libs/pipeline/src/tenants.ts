// What the pipeline needs to know of a tenant, cached in this process and dropped when anything about it changes.
import { LRUCache } from 'lru-cache';
import type { ChannelAdapter } from '#libs/channels';
import { compile, type CompiledInstructions, type Facts, type InstructionsDocument } from '#libs/instructions';
import { rulingNow, type Ruling } from '#libs/rights';
import { CHANGES, type Connection, type Store } from '#libs/store';
import type { TenantKeys } from '#libs/vault';

export interface Tenant {
  readonly id: string;
  readonly keys: TenantKeys;
  /** null: none in force, and then nothing is kept (fail closed). */
  readonly instructions: CompiledInstructions | null;
  /** By which what is held of conversations is due; asked for by the first turn that ends. */
  readonly ruling: () => Promise<Ruling | null>;
}

export interface OpenConnection extends Connection {
  readonly secrets: Readonly<Record<string, string>>;
  readonly adapter: ChannelAdapter;
  /** Keys of the identifiers by which people are found and answered, the preferred one first. */
  readonly routing: readonly string[];
  readonly tenant: Tenant;
}

/** What updates say they are about. */
export interface Named {
  readonly accounts: ReadonlySet<string>;
  /** Of updates that name no account: they concern all that the holder has. */
  readonly portfolios: ReadonlySet<string>;
}

export interface Tenants {
  tenant(id: string): Promise<Tenant | null>;
  /** At once where it is in memory: every webhook asks. */
  connection(id: string): OpenConnection | Promise<OpenConnection | null>;
  /** The connections of one channel that the platform's names of accounts, or of their holders, stand for. */
  connectionsOf(channel: string, named: Named): Promise<OpenConnection[]>;
  recipientSecret(tenantId: string, recipient: string): Promise<string>;
  /** Drops what is cached of a tenant, here and in every other process. */
  changed(tenantId: string): Promise<void>;
  /** Called with each tenant that changed, wherever; and without one when something may have been missed. */
  watch(watcher: (tenantId: string | null) => void): void;
  start(): Promise<void>;
}

export interface TenantsOptions {
  readonly store: Store;
  readonly channels: readonly ChannelAdapter[];
  readonly facts: Facts;
  readonly privacyPage: (tenantId: string) => string;
}

/** Not remembered when it failed. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | null = null;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
}

const CACHED_TENANTS = 20_000;
/** A clock may be set while we wait; looking again meanwhile costs little, as few tenants wait. */
const LONGEST_WAIT_MS = 60_000;

export function openTenants({ store, channels, facts, privacyPage }: TenantsOptions): Tenants {
  const adapters = new Map(channels.map((c) => [c.manifest.channel, c]));
  const tenants = new LRUCache<string, Promise<Tenant | null>>({ max: CACHED_TENANTS });
  const connections = new LRUCache<string, OpenConnection | Promise<OpenConnection | null>>({ max: CACHED_TENANTS });
  const secrets = new LRUCache<string, Promise<string>>({ max: CACHED_TENANTS });
  const connectionsByTenant = new Map<string, Set<string>>();
  const watchers: ((tenantId: string | null) => void)[] = [];

  // A failed or empty look-up is not remembered: the next caller asks again.
  const remember = <T>(cache: LRUCache<string, Promise<T>>, key: string, load: () => Promise<T>): Promise<T> => {
    const cached = cache.get(key);
    if (cached) return cached;
    const loading = load();
    cache.set(key, loading);
    const forget = (): void => void (cache.peek(key) === loading && cache.delete(key));
    loading.then((value) => value === null && forget(), forget);
    return loading;
  };

  /** A version begins or ends by itself: what is cached of the tenant is dropped then. */
  const reloadIn = (id: string, ms: number): void =>
    void setTimeout(() => forget(id), Math.min(Math.max(ms, 0), LONGEST_WAIT_MS)).unref();

  const loadTenant = async (id: string): Promise<Tenant | null> => {
    const keys = await store.tenantKeys(id);
    if (!keys) return null;
    const { version, earlier, changesInMs } = await store.instructionsAt(id);
    if (changesInMs !== null) reloadIn(id, changesInMs);
    const ruling = once(() => rulingNow(store, id));
    if (!version) return { id, keys, instructions: null, ruling };
    const objected = (await store.recipientObjections(id)).map(({ recipient }) => recipient);
    const meta = { tenantId: id, version: version.version, hash: version.hash, privacyPage: privacyPage(id), objected, earlier }; // prettier-ignore
    return { id, keys, instructions: compile(version.document as InstructionsDocument, facts, meta), ruling };
  };

  const tenant = (id: string): Promise<Tenant | null> => remember(tenants, id, () => loadTenant(id));

  const loadConnection = async (id: string): Promise<OpenConnection | null> => {
    const at = await store.locate({ id });
    const adapter = at && adapters.get(at.channel);
    const owning = at && tenant(at.tenant_id);
    const owner = await owning;
    if (!at || !adapter || !owner) return null;
    const opened = await store.openConnection(at.tenant_id, id, owner.keys);
    if (!opened) return null;
    // Something about the tenant changed while we read: what was read is not what holds now.
    if (tenants.peek(at.tenant_id) !== owning) return loadConnection(id);
    const ids = connectionsByTenant.get(at.tenant_id) ?? new Set();
    connectionsByTenant.set(at.tenant_id, ids.add(id));
    const routing = adapter.identifiers.filter(({ role }) => role === 'routing').map(({ key }) => key);
    return { ...opened, adapter, routing, tenant: owner };
  };

  const connection = (id: string): OpenConnection | Promise<OpenConnection | null> => {
    const cached = connections.get(id);
    if (cached) return cached;
    const loading = loadConnection(id);
    connections.set(id, loading);
    const settle = (opened: OpenConnection | null): void => {
      if (connections.peek(id) !== loading) return; // it changed meanwhile
      if (opened) connections.set(id, opened);
      else connections.delete(id);
    };
    loading.then(settle, () => settle(null));
    return loading;
  };

  const forget = (tenantId: string): void => {
    tenants.delete(tenantId);
    for (const id of connectionsByTenant.get(tenantId) ?? []) connections.delete(id);
    connectionsByTenant.delete(tenantId);
    for (const key of secrets.keys()) if (key.startsWith(tenantId)) secrets.delete(key);
  };

  const forgetAll = (): void => {
    tenants.clear();
    connections.clear();
    secrets.clear();
    connectionsByTenant.clear();
  };

  return {
    tenant,
    connection,
    async connectionsOf(channel, { accounts, portfolios }) {
      const located = accounts.size > 0 ? await store.locateAccounts(channel, [...accounts]) : [];
      const held = portfolios.size > 0 ? await store.locatePortfolios(channel, [...portfolios]) : [];
      // The order of those that share an account says whose it is.
      const further = held.filter(({ id }) => !located.some((one) => one.id === id));
      const opened = await Promise.all([...further, ...located].map(async ({ id }) => connection(id)));
      return opened.filter((c) => c !== null);
    },
    recipientSecret: (tenantId, recipient) =>
      remember(secrets, `${tenantId}|${recipient}`, async () => {
        const owner = await tenant(tenantId);
        if (!owner) throw new Error('tenant is gone');
        return store.recipientSecret(tenantId, recipient, owner.keys);
      }),
    async changed(tenantId) {
      forget(tenantId);
      await store.notify(CHANGES, tenantId);
    },
    watch: (watcher) => void watchers.push(watcher),
    start: () =>
      store.listen(CHANGES, {
        onMessage: (tenantId) => {
          forget(tenantId);
          for (const watcher of watchers) watcher(tenantId);
        },
        onGap: () => {
          forgetAll();
          for (const watcher of watchers) watcher(null);
        },
      }),
  };
}
