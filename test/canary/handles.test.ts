// Every identifier kind of every channel under instructions that keep nothing but the handle by which a person is answered: no value of any
// of them is told to a bot, opens from a message, or lies anywhere; and the same, sealed, where everything is kept.
import { CHANNELS } from '#libs/channels';
import { databaseUrl } from '#libs/platform';
import { acme, instructions, type Acme } from '../support/acme.js';
import { startBot, type Bot } from '../support/bot.js';
import { until } from '../support/until.js';
import { startWorld, type World } from '../support/world.js';
import { sendEveryKind } from './every-kind.js';
import { needlesOf, search } from './forms.js';
import { startQuotingGraph, type QuotingGraph } from './graph.js';
import { isSeen, keepingAll } from './keeping-all.js';
import { keepingHandles } from './keeping-handles.js';
import { ELSEWHERE, MARKS, OURS, WORDS } from './kinds.js';
import { inFiles, inRows, plantInRows } from './places.js';

const SOUGHT = Object.values(MARKS);
const NEEDLES = needlesOf(SOUGHT);

let world: World;
let graph: QuotingGraph;
let bot: Bot;
let handles: Acme;
const planted = new Set<string>();
const statuses: number[] = [];

let calls = -1;
async function calm(): Promise<boolean> {
  const now = world.bot.calls.length + bot.calls.length + graph.sends();
  const still = now === calls;
  calls = now;
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  return still;
}

beforeAll(async () => {
  [graph, bot] = await Promise.all([startQuotingGraph(), startBot()]);
  world = await startWorld({ META_GRAPH_URL: graph.url });
  handles = await acme(world.gateway, keepingHandles(bot.url));
  const others = [keepingAll(world.bot.url), instructions(world.bot.url)];
  for (const tenant of [handles, ...(await Promise.all(others.map((one) => acme(world.gateway, one))))]) {
    const sent = await sendEveryKind(world.gateway.url, tenant);
    for (const kind of sent.planted) planted.add(kind);
    statuses.push(...sent.statuses);
  }
  await until('it is calm', calm);
});
afterAll(async () => {
  await world?.end();
  await bot?.close();
  await graph?.close();
});

test('every kind was on its way', () => {
  const all = CHANNELS.flatMap(({ manifest, identifiers }) => identifiers.filter(isSeen).map(({ key }) => `${manifest.channel}/${key}`)); // prettier-ignore
  expect(all.filter((kind) => !planted.has(kind)).sort()).toEqual([...WORDS, ...OURS, ...ELSEWHERE].sort());
  expect(all.length).toBeGreaterThan(70);
  expect(statuses.filter((status) => status === 200 || status === 201).length).toBeGreaterThan(statuses.length / 2);
  expect(statuses.filter((status) => status === 500)).toEqual([]);
  // Where it is kept it does arrive: the search is not blind, and the doors are not shut.
  const told = search(Buffer.from(world.bot.calls.map(({ raw }) => raw).join('\n')), NEEDLES);
  expect(told.join()).toContain(MARKS.letters);
});

test('no bot is told one, and no message opens to one', async () => {
  expect(bot.calls.length).toBeGreaterThan(20);
  expect(search(Buffer.from(bot.calls.map(({ raw }) => raw).join('\n')), NEEDLES)).toEqual([]);
  let shown = 0;
  for (let after = ''; ;) {
    const page = (await handles.call('GET', `/conversations?purpose=support&limit=100${after}`)).json;
    for (const { id } of page['items'] as { id: string }[]) {
      const { json, text } = await handles.call('GET', `/conversations/${id}/messages?purpose=support&limit=100`);
      shown += (json['items'] as object[]).length;
      expect(search(Buffer.from(text), NEEDLES)).toEqual([]);
    }
    if (!page['next']) break;
    after = `&after=${page['next'] as string}`;
  }
  expect(shown).toBeGreaterThan(20);
});

test('no line that is logged, no metric, no row and no file holds one', async () => {
  expect(search(Buffer.from(world.gateway.output()), NEEDLES)).toEqual([]);
  const metrics = await world.gateway.call('GET', '/metrics');
  expect(search(Buffer.from(metrics.text), NEEDLES)).toEqual([]);
  const url = await databaseUrl({ databaseUrl: null, dataDir: world.gateway.dataDir });
  const { rows, hits } = await inRows(url, NEEDLES);
  expect(rows).toBeGreaterThan(100);
  expect(hits).toEqual([]);
  expect(inFiles(world.gateway.dataDir, NEEDLES)).toEqual([]);
});

test('and each of them would have been found in a row, and in what the row leaves in the files', async () => {
  const url = await databaseUrl({ databaseUrl: null, dataDir: world.gateway.dataDir });
  await plantInRows(url, SOUGHT);
  const found = (await inRows(url, NEEDLES)).hits.flatMap((hit) => hit.found).join();
  for (const mark of SOUGHT) expect(found).toContain(mark);
  const places = inFiles(world.gateway.dataDir, NEEDLES).map(({ where }) => where);
  expect(places).toEqual(expect.arrayContaining([expect.stringContaining('pg_wal')]));
});
