// Are the credentials of a WhatsApp number good, and are they its own: what is asked, and what the answers mean.
import type { HttpResponse } from '#libs/kernel';
import { whatsappCloud } from '../src/whatsapp-cloud/index.js';

const settings = { phoneNumberId: '106000000000001', businessAccountId: '102000000000001' };
const answered = (status: number, json: unknown): HttpResponse => ({ kind: 'answered', status, headers: {}, json });
const error = (code: number, extra: object = {}) =>
  answered(400, { error: { code, message: 'token EAAG-1', ...extra } });

describe('check of the credentials', () => {
  const { check } = whatsappCloud;
  const held = (by: string) =>
    answered(200, {
      id: '106000000000001',
      health_status: {
        can_send_message: 'AVAILABLE',
        entities: [
          { entity_type: 'PHONE_NUMBER', id: '106000000000001', can_send_message: 'AVAILABLE' },
          { entity_type: 'WABA', id: by, can_send_message: 'AVAILABLE' },
          { entity_type: 'BUSINESS', id: '506914307656634', can_send_message: 'AVAILABLE' },
        ],
      },
    });
  it('asks for the number, and for what holds it', () =>
    expect(check?.request(settings)).toMatchObject({
      method: 'GET',
      url: '/106000000000001',
      base: 'meta-graph',
      query: { fields: expect.stringContaining('health_status') },
    }));
  it.each<[string, HttpResponse, RegExp | null]>([
    ['the number is there', answered(200, { id: '106000000000001', verified_name: 'Beispiel' }), null],
    ['held by the account that was entered', held(settings.businessAccountId), null],
    ['held by another account', held('109999999999999'), /WhatsApp Business Account/],
    [
      'an account that is not named',
      answered(200, { id: '106000000000001', health_status: { entities: [{ entity_type: 'WABA' }] } }),
      null,
    ],
    ['the token is not valid', error(190), /token is not valid/],
    ['the number is not visible', error(100, { error_subcode: 33 }), /phone number id/],
    ['a permission is missing', error(200), /permission/],
    ['restricted', error(131031), /restricted/],
    ['too many calls', error(4), /fewer calls/],
    ['an unknown error', error(99_999), /code 99999/],
    ['a server error', answered(502, undefined), /502/],
    ['an answer about something else', answered(200, { name: 'x' }), /did not name/],
    ['no answer', { kind: 'failed', reason: 'network' }, /could not be reached/],
  ])('%s', (_, response, reason) => {
    const read = check?.read(response, settings);
    expect(read?.health).toBe(reason ? 'unhealthy' : 'healthy');
    if (reason && read?.health === 'unhealthy') expect(read.reason).toMatch(reason);
  });
});
