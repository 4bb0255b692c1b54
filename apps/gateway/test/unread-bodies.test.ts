// Bodies that nobody waits for: whoever may not call is answered before theirs has come, and the rest of it is not read.
import { connect } from 'node:net';
import { startAcme, type Acme } from './acme.js';
import { OPERATOR } from './gateway-api.js';

let acme: Acme;
let port: number;
beforeAll(async () => {
  acme = await startAcme();
  port = await acme.api.listen();
});
afterAll(() => acme.api.stop());

/** All that is answered until the connection is closed, of which this side sends no more than that. */
const answered = (...lines: string[]): Promise<string> =>
  new Promise((done, failed) => {
    const socket = connect(port, '127.0.0.1', () => void socket.write(`${lines.join('\r\n')}\r\n\r\n`));
    let text = '';
    socket.on('data', (data: Buffer) => (text += data.toString()));
    socket.setTimeout(20_000, () => socket.destroy(new Error('nothing was answered')));
    socket.once('error', failed);
    socket.once('close', () => done(text));
  });

const BODY = ['host: x', 'content-type: application/json', 'content-length: 1000000'];
const CHUNKED = ['host: x', 'content-type: application/json', 'transfer-encoding: chunked'];
const bearer = (token: string): string => `authorization: Bearer ${token}`;

describe('a body of which nothing has come yet', () => {
  test.each([
    ['without a token', 'POST /v1/tenants', BODY, 401],
    ['in pieces', 'POST /v1/tenants', CHUNKED, 401],
    ['with a token of nobody', 'POST /v1/tenants/acme/instructions', [...BODY, bearer('pk_nobody')], 401],
    ['with a token that is too long', 'PUT /v1/tenants/acme/opendsr', [...BODY, bearer('x'.repeat(600))], 401],
    ['of a reply into a conversation', 'POST /v1/conversations/x/messages', BODY, 401],
    ['of a removal', 'DELETE /v1/tenants/acme', BODY, 401],
    ['under an address in other letters', 'POST /v1/%74enants', BODY, 401],
    ['for an address that leads nowhere', 'POST /v1/nowhere', [...BODY, bearer(OPERATOR)], 404],
    ['for one beside the API', 'POST /nowhere', BODY, 404],
  ])('%s', async (_name, line, headers, status) => {
    const text = await answered(`${line} HTTP/1.1`, ...headers);
    const [head, body] = text.split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*\r\nconnection: close`, 'i'));
    expect(head).toMatch(/\r\ncontent-type: application\/problem\+json/i);
    expect(body).toContain(`"status":${status}`);
  });
});

test.each(['GET /nowhere', 'GET /v1/tenants', 'DELETE /v1/nowhere', 'POST /v1/tenants'])(
  'of %s nothing is left unread: its refusal leaves the connection open',
  async (line) => {
    const text = await answered(`${line} HTTP/1.1`, 'host: x', '', 'GET /last HTTP/1.1', 'host: x', 'connection: close');
    expect(text.match(/HTTP\/1.1 40/g)).toHaveLength(2);
  },
); // prettier-ignore
