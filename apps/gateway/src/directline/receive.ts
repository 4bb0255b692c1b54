// An activity of the browser on its way to the intake: with the ids of its session, and with what the connection exposed.
import type { FastifyRequest } from 'fastify';
import type { WebPayload, WebTransport } from '#libs/channels';
import { isFields, Problem, type Fields } from '#libs/kernel';
import { isDeeperThan } from '../api/input.js';
import type { DirectLineBackend, Upload } from './backend.js';
import type { Echoes } from './echoes.js';
import type { Caller } from './session.js';
import type { ReceivedForm } from './upload.js';

/** What is written in JSON again would overflow the stack. */
const MOST_DEPTH = 50;

/** What HTTP itself told. Never logged, never stored as such: it goes to the decision, and what is not instructed ends there. */
function transportOf(request: FastifyRequest): WebTransport {
  const { headers, ip } = request;
  const hints = Object.entries(headers).filter(
    (header): header is [string, string] => header[0].startsWith('sec-ch-') && typeof header[1] === 'string',
  );
  return {
    ip,
    userAgent: headers['user-agent'],
    acceptLanguage: headers['accept-language'],
    referer: headers.referer,
    origin: headers.origin,
    ...(headers['sec-gpc'] === '1' ? { gpc: true } : {}),
    ...(hints.length === 0 ? {} : { clientHints: Object.fromEntries(hints) }),
  };
}

function clientIdOf(activity: Fields): string | undefined {
  const { channelData } = activity;
  const id = isFields(channelData) ? channelData['clientActivityID'] : undefined;
  return typeof id === 'string' && id.length > 0 && id.length <= 200 ? id : undefined;
}

export interface Arrival extends ReceivedForm {
  readonly caller: Caller;
  readonly request: FastifyRequest;
}

export type Receive = (arrival: Arrival) => Promise<{ readonly id: string }>;

/** Answers our id of the activity once it is kept. @throws Problem invalid-input, conflict (not instructed) */
export function createReceive(backend: DirectLineBackend, echoes: Echoes, textLength: number): Receive {
  async function kept(connectionId: string, payload: WebPayload, files: ReceivedForm['files']): Promise<string> {
    const clientId = isFields(payload.activity) ? clientIdOf(payload.activity) : undefined;
    const uploads: Upload[] = files.map(({ id, mime, bytes }) => ({ id, mime, bytes }));
    const received = await backend.receive(connectionId, payload, uploads);
    // Not 403: that would mean an expired token to the client, and it would try for ever.
    if (received.kind === 'refused')
      throw new Problem('conflict', "The controller's instructions do not provide for it.");
    echoes.remember(received.activityId, clientId);
    return received.activityId;
  }

  return async ({ caller, request, activity, files }) => {
    if (!isFields(activity) || typeof activity['type'] !== 'string') {
      throw new Problem('invalid-input', 'An activity has a type.');
    }
    if (isDeeperThan(activity, MOST_DEPTH)) throw new Problem('invalid-input', 'The activity is nested too deeply.');
    const { text } = activity;
    if (typeof text === 'string' && text.length > textLength)
      throw new Problem('too-large', `A message has at most ${textLength} characters.`);
    const { connectionId, conversationId, visitorId } = caller.session;
    const words = JSON.stringify([text, activity['value'], files.length]);
    const activityId = echoes.idFor(conversationId, { clientId: clientIdOf(activity), words });
    // That somebody types is shown to nobody and kept nowhere.
    if (activity['type'] === 'typing') return { id: activityId };
    const uploads = files.map(({ id, mime, name }) => ({ id, mime, ...(name === undefined ? {} : { name }) }));
    const payload: WebPayload = {
      activity,
      transport: transportOf(request),
      conversationId,
      visitorId,
      activityId,
      ...(uploads.length === 0 ? {} : { uploads }),
    };
    return { id: await echoes.during(conversationId, kept(connectionId, payload, files)) };
  };
}
