// The way in, while the platform waits: locate → verify → parse → decide → commit → 200. Nothing is written before decide.
import pMap from 'p-map';
import type { ChannelAdapter } from '#libs/channels';
import { apply, decide, NEW_SUBJECT, observations, type DecidedEvent, type Observed } from '#libs/instructions';
import type { ChannelEvent } from '#libs/kernel';
import type { MessageRow } from '#libs/store';
import type { Committer, Volume } from './committer.js';
import { withEmbedded } from './embedded.js';
import { createExposed } from './exposed.js';
import { createFiling, draftOf, NOTHING, sealed, type Draft, type FilingDeps, type Met } from './filing.js';
import { pseudonymiser } from './identity.js';
import { FEW, inPieces } from './in-pieces.js';
import { inStep } from './in-step.js';
import { createOwners } from './owners.js';
import type { OpenConnection, Tenants } from './tenants.js';
import { createUndeclared } from './undeclared.js';
import {
  createLocate,
  ofSession,
  read,
  verify,
  type Files,
  type LocateDeps,
  type Posted,
  type VerifiedRequest,
} from './verify.js';

export interface IntakeDeps extends FilingDeps, LocateDeps {
  readonly tenants: Tenants;
  readonly channels: readonly ChannelAdapter[];
  readonly committer: Committer;
  readonly wake: (conversations: readonly { tenantId: string; conversationId: string }[]) => void;
  readonly count: (
    outcome: 'accepted' | 'duplicate' | 'refused' | 'foreign' | 'unknown',
    channel: string,
    n: number,
  ) => void;
}

/** What became of a request. */
export interface Taken {
  readonly messages: readonly MessageRow[];
  /** Ids of those that were not there already. */
  readonly fresh: ReadonlySet<string>;
  /** Events that instructions do not provide for. */
  readonly refused: number;
}

/** A request on its way, with what each of its events became so far. */
interface Request<E> {
  readonly connections: readonly OpenConnection[];
  readonly files: Files;
  readonly undeclared: readonly string[];
  readonly events: readonly E[];
}

/** An event and the connection that it came by. */
interface Owned {
  readonly event: ChannelEvent;
  readonly owner: OpenConnection;
}

interface Ruled extends Owned {
  /** null: refused. From here on, personal data that was not instructed is out of reach. */
  readonly decided: DecidedEvent | null;
  /** What was done with each identifier. */
  readonly seen: readonly Observed[];
  /** `noted`: it was counted, and nothing of it is stored or passed on. */
  readonly outcome: 'accepted' | 'noted' | 'refused';
  /** By which that is so. */
  readonly clause: string;
}

type Known = Ruled & Met;

type Drafted = Known & { readonly draft: Draft | null };

type Sealed = Drafted & { readonly message: MessageRow | null };

/** So many of a large request are looked up at a time: the connections to the database are left to others. */
const HANDS = 4;
/** Events of one request in one transaction. */
const MOST_AT_ONCE = 500;

/** Updates without a row of their own that change what is there. */
const CHANGES: ReadonlySet<string> = new Set(['identity-change', 'preference', 'account']);

const asDropped = (one: Observed): Observed => (one.action === 'drop' ? one : { ...one, action: 'drop' });
const dropped = (seen: readonly Observed[]): readonly Observed[] => seen.map(asDropped);
const notPassed = (seen: readonly Observed[]): readonly Observed[] =>
  seen.map((one) => (one.action === 'pass' ? asDropped(one) : one));

function rule({ event, owner }: Owned): Ruled {
  const { tenant, channel } = owner;
  const decision = decide(tenant.instructions, NEW_SUBJECT, event);
  const seen = observations(event, decision);
  const { outcome } = decision;
  if (outcome === 'refused') return { event, owner, decided: null, seen, outcome, clause: decision.clause };
  const decided = apply(event, decision, pseudonymiser(tenant.keys, channel));
  return { event, owner, decided, seen, outcome, clause: decision.store.instruction.clause };
}

/** What the ledger is told of an event: how many like it, never which. */
function leafOf({ event, owner: { tenant }, outcome, clause }: Ruled): Volume {
  const { channel, body } = event;
  const { version, hash } = tenant.instructions ?? { version: null, hash: null };
  const leaf = { type: 'intake', channel, event: body.type, outcome, version, hash, clause, count: 1 };
  const key = `${tenant.id}|${channel}|${body.type}|${outcome}|${version}|${clause}`;
  return { tenantId: tenant.id, key, leaf };
}

/** What was ruled is what was done where a row follows, or a change of what is there; of what nobody works on nothing is passed on. */
function draft(one: Known): Drafted {
  if (one.decided === null) return { ...one, draft: null };
  if (one.sender) {
    const made = draftOf(one.decided, one.sender);
    return { ...one, draft: made, ...(made.worked ? {} : { seen: notPassed(one.seen) }) };
  }
  if (one.status || CHANGES.has(one.event.body.type)) return { ...one, draft: null };
  return { ...one, draft: null, seen: dropped(one.seen), outcome: 'noted', clause: 'default:not-acted-on' };
}

/** That words were taken out of what no worker takes up. */
function removedLeaf({ event, owner: { tenant }, draft: made }: Drafted): Volume[] {
  const [first] = made?.found ?? [];
  if (!made || !first) return [];
  const { version, hash } = tenant.instructions!;
  const { channel } = event;
  const clauses = made.found.map(({ clause }) => clause);
  const leaf = { type: 'special-category', channel, mode: 'forbid', version, hash, clause: first.clause, clauses, count: 1 };
  return [{ tenantId: tenant.id, key: `${tenant.id}|special-category|${channel}|${version}|${clauses.join()}`, leaf }];
} // prettier-ignore

const seal = (one: Drafted): Sealed => ({ ...one, message: one.draft && sealed(one.draft) });

/** A stage of events, as one of requests. */
const each =
  <A, B>(of: (event: A) => B) =>
  (request: Request<A>): Request<B> | Promise<Request<B>> => {
    const made = inPieces(request.events, of);
    return made instanceof Promise ? made.then((events) => ({ ...request, events })) : { ...request, events: made };
  };

const isHere = <T>(value: T | Promise<T>): value is T => !(value instanceof Promise);

export function createIntake(deps: IntakeDeps) {
  const filing = createFiling(deps);
  const exposed = createExposed();
  const undeclared = createUndeclared();

  function parse({ adapter, connections, payload, files }: VerifiedRequest): Request<Owned> {
    const parsed = adapter.parse(payload, deps.now());
    const ownersOf = createOwners(connections);
    const events: Owned[] = [];
    for (const one of parsed.events) {
      const event = withEmbedded(one, adapter.identifiers, files);
      const owners = ownersOf(event);
      if (owners.length === 0) deps.count('foreign', event.channel, 1);
      for (const owner of owners) events.push({ event, owner });
    }
    return { connections, files, undeclared: parsed.undeclared, events };
  }

  /** At once for most requests: those who write are remembered. */
  function meet(request: Request<Ruled>): Request<Known> | Promise<Request<Known>> {
    const known = (found: readonly Met[]): Request<Known> => ({
      ...request,
      events: request.events.map((one, n) => ({ ...one, ...found[n]! })),
    });
    const metBy = (one: Ruled) => (one.decided ? filing.meet(one.decided, one.owner) : NOTHING);
    if (request.events.length > FEW) return pMap(request.events, metBy, { concurrency: HANDS }).then(known);
    const met = request.events.map(metBy);
    return met.every(isHere) ? known(met) : Promise.all(met.map(async (one) => one)).then(known);
  }

  function keepFiles(request: Request<Drafted>): Request<Drafted> | Promise<Request<Drafted>> {
    if (request.files.size === 0) return request;
    const keeping = request.events.map(async ({ draft: made, owner }) => made && filing.keepFiles(made, owner, request.files)); // prettier-ignore
    return Promise.all(keeping).then(() => request);
  }

  const stages = inStep(parse)
    .through(each(rule))
    .through(meet)
    .through(each(draft))
    .through(keepFiles)
    .through(each(seal));
  const session = stages.open();
  const posted = inStep(createLocate(deps)).through(verify).through(read).followedBy(stages).open();

  /** commit: what many requests changed goes in together; then the conversations are woken. */
  async function commitAtOnce({ events, ...request }: Request<Sealed>): Promise<Taken> {
    for (const { event, decided } of events)
      deps.count(event.body.type === 'unknown' ? 'unknown' : decided ? 'accepted' : 'refused', event.channel, 1);
    const messages = events.flatMap(({ message }) => message ?? []);
    const refused = events.filter(({ decided }) => !decided).length;
    if (events.length === 0) return { messages, fresh: new Set(), refused };
    const fresh = await deps.committer.commit({
      messages,
      statuses: events.flatMap(({ status }) => status ?? []),
      observations: [
        ...events.flatMap(({ owner, seen }) => exposed(owner, seen)),
        ...request.connections.flatMap((c) => undeclared(c.id, request.undeclared).flatMap((one) => exposed(c, [one]))),
      ],
      leaves: [...events.map(leafOf), ...events.flatMap(removedLeaf)],
    });
    deps.wake(messages.filter((m) => fresh.has(m.id) && m.state === 'pending'));
    return { messages, fresh, refused };
  }

  /** Others commit between the parts of a large request. When one fails it comes again, and what was kept of it is known. */
  async function commit(request: Request<Sealed>): Promise<Taken> {
    if (request.events.length <= MOST_AT_ONCE) return commitAtOnce(request);
    const taken: Taken[] = [];
    for (let from = 0; from < request.events.length; from += MOST_AT_ONCE) {
      const events = request.events.slice(from, from + MOST_AT_ONCE);
      taken.push(await commitAtOnce({ ...request, undeclared: from === 0 ? request.undeclared : [], events }));
    }
    return {
      messages: taken.flatMap(({ messages }) => messages),
      fresh: new Set(taken.flatMap(({ fresh }) => [...fresh])),
      refused: taken.reduce((sum, { refused }) => sum + refused, 0),
    };
  }

  return {
    /** A webhook of a tenant's own app, or of one that many tenants share. @throws Problem not-found, bad-signature */
    posted: async (what: Posted): Promise<Taken> => commit(await posted(what)),
    /** An update that came in over a session that was authenticated already (web chat). */
    session: async (connection: OpenConnection, payload: unknown, files: Files): Promise<Taken> =>
      commit(await session(ofSession(connection, payload, files))),
  };
}

export type Intake = ReturnType<typeof createIntake>;
