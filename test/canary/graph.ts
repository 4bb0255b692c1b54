// A Graph API that quotes: its ids contain the person's number, its errors repeat what they were sent.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { wamid } from '../support/webhooks.js';
import { CANARY, CANARIES } from './substitute.js';

export interface QuotingGraph {
  readonly url: string;
  /** Codes of the errors that sends are answered with, one after another; then sends are accepted again. */
  refuse(codes: readonly number[]): void;
  readonly sends: () => number;
  /** How often it was asked about a person. */
  readonly lookUps: () => number;
  close(): Promise<void>;
}

const quoted = CANARIES.join(' ');
const errorOf = (code: number): object => ({
  error: {
    code,
    message: `(#${code}) not for ${quoted}`,
    error_user_title: CANARY.name,
    error_user_msg: quoted,
    error_data: { messaging_product: 'whatsapp', details: `${CANARY.phone}: ${CANARY.text}` },
    fbtrace_id: CANARY.payload,
  },
});

export async function startQuotingGraph(): Promise<QuotingGraph> {
  let codes: readonly number[] = [];
  let sends = 0;
  let lookUps = 0;
  const profile = {
    id: CANARY.psid,
    name: CANARY.name,
    first_name: CANARY.name,
    last_name: CANARY.username,
    profile_pic: CANARY.page,
    locale: CANARY.agent,
    timezone: CANARY.payload,
    gender: CANARY.text,
    username: CANARY.username,
    follower_count: CANARY.phone,
    is_user_follow_business: CANARY.payload,
  };
  const answerGet = (path: string, token: string): object | Buffer => {
    // Whose token it is stands at its end.
    if (path.startsWith('/me?')) return { id: /\d+$/.exec(token)?.[0] ?? '1', name: 'Acme' };
    if (path.startsWith('/file')) return Buffer.from(`%PDF-1.4 ${quoted}`);
    if (/first_name|follower_count/.test(path)) return lookUps++ % 3 === 2 ? errorOf(100) : profile;
    if (path.includes('?phone_number_id=')) return { id: '1', url: '/file', mime_type: 'application/pdf' };
    return { id: '1', name: 'Acme', verified_name: 'Acme', display_phone_number: '+1 555', data: [] };
  };
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const path = (request.url ?? '').replace(/^\/v[\d.]+/, '');
      const send = request.method === 'POST' && path.endsWith('/messages');
      const code = send ? codes[0] : undefined;
      if (send) {
        codes = codes.slice(1);
        sends++;
      }
      const id = send && {
        // One of its own for each: two persons must not have the same.
        message_id: `m_${CANARY.psid}${sends}`,
        recipient_id: CANARY.psid,
        messages: [{ id: wamid(CANARY.phone) }],
      };
      const body =
        request.method === 'GET' ? answerGet(path, request.headers.authorization ?? '') : id || { success: true };
      const isRefused = code !== undefined || 'error' in body;
      response.writeHead(isRefused ? 400 : 200, { 'content-type': 'application/json' });
      response.end(Buffer.isBuffer(body) ? body : JSON.stringify(code === undefined ? body : errorOf(code)));
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refuse: (next) => void (codes = next),
    sends: () => sends,
    lookUps: () => lookUps,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
