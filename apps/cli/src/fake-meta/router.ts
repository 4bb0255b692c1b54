// Which handler answers which path of the Graph API: token first, then the object, then the edge.
import { holderOf, noSuchObject, readAccount, subscribedApps } from './accounts.js';
import { refuse } from './faults.js';
import { describeMedia, fetchMedia, uploadMedia } from './media.js';
import { isObject } from './json.js';
import { sendFromPage } from './page-send.js';
import { isPerson, readProfile } from './profiles.js';
import { sendWhatsApp } from './whatsapp-send.js';
import type { Answer, World } from './world.js';

export interface GraphRequest {
  readonly method: string;
  /** Path without the version, e.g. `/106540352242922/messages`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly token: string | null;
  readonly contentType: string;
  readonly raw: Buffer;
  readonly body: unknown;
}

function tokenHolds(world: World, token: string | null): boolean {
  const { tokens } = world.behaviour;
  return token !== null && token !== '' && (tokens === null || tokens.includes(token));
}

async function sendMessage(world: World, id: string, body: unknown): Promise<Answer> {
  if (!isObject(body)) return refuse({ code: 100, details: 'The body is not a JSON object.' }, 'graph');
  if (body['messaging_product'] === 'whatsapp') return await sendWhatsApp(world, id, body);
  if (body['messaging_product'] === undefined && body['recipient'] !== undefined)
    return await sendFromPage(world, id, body);
  return refuse({ code: 100, details: 'The parameter messaging_product is required.' }, 'whatsapp');
}

async function edge(
  world: World,
  request: GraphRequest,
  at: { readonly id: string; readonly edge: string },
): Promise<Answer> {
  const { method } = request;
  if (at.edge === 'messages' && method === 'POST') return await sendMessage(world, at.id, request.body);
  if (at.edge === 'media' && method === 'POST') return await uploadMedia(world, request.contentType, request.raw);
  if (at.edge === 'subscribed_apps' && ['GET', 'POST', 'DELETE'].includes(method)) return subscribedApps(method);
  return refuse({ code: 100, details: `Unknown path components: /${at.edge}` }, 'graph');
}

/** Answers one Graph API request. */
export async function answerGraph(world: World, request: GraphRequest): Promise<Answer> {
  if (!tokenHolds(world, request.token)) return refuse({ code: 190 }, 'graph');
  if (request.path.startsWith('/whatsapp_business/attachments')) return fetchMedia(world, request.query);
  const [id, name] = request.path.split('/').filter((part) => part !== '');
  if (!id) return refuse({ code: 100, details: 'Unsupported request.' }, 'graph');
  const media = world.media.get(id);
  if (media && !name) {
    if (request.method === 'DELETE') return { status: 200, body: { success: world.media.delete(id) } };
    return describeMedia(world, media);
  }
  const fields = request.query.get('fields');
  if (id === 'me' && !name && request.method === 'GET') return readAccount(world, holderOf(request.token), fields);
  if (!name && request.method === 'GET' && isPerson(world, id, fields)) return readProfile(world, id, fields);
  const { accounts } = world.behaviour;
  if (accounts && id !== 'me' && !accounts.includes(id)) return noSuchObject();
  if (name) return await edge(world, request, { id, edge: name });
  return request.method === 'GET' ? readAccount(world, id, fields) : noSuchObject();
}
