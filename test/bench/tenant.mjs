// A tenant with instructions in force and WhatsApp connections, made over the management API like anybody's.
const NOTICE =
  'You are writing to Acme GmbH, privacy@acme.example. Our data protection officer: dpo@acme.example. An automated assistant (AI) answers you.';

export const instructions = (botUrl) => ({
  schema: 'parley-instructions/1',
  parties: {
    controller: {
      name: 'Acme GmbH',
      address: 'Hauptstr. 1, 10115 Berlin',
      country: 'DE',
      contact: 'privacy@acme.example',
    },
    dpo: { name: 'Dr. Ada Example', contact: 'dpo@acme.example' },
  },
  purposes: { support: { dpv: 'CustomerCare', basis: 'A6-1-b', data: ['routing', 'content'] } },
  channels: { 'whatsapp-cloud': { identifiers: { user_id: 'keep', wa_id: 'keep' } } },
  texts: { 'first-notice': { en: NOTICE, de: NOTICE } },
  retention: [
    { data: 'content', period: 'P30D' },
    { data: 'routing', period: 'P30D' },
  ],
  recipients: { bot: { kind: 'webhook', url: botUrl, country: 'DE', purposes: ['support'], data: ['content'] } },
});

/** Makes the tenant; answers its connections as targets for the load generator. */
export async function makeTenant(gateway, { slug, botUrl, connections = 1, document = instructions }) {
  const { apiKey } = await gateway.call('POST', '/v1/tenants', { slug, name: 'Acme GmbH' });
  const base = `/v1/tenants/${slug}`;
  const { version, findings } = await gateway.call('POST', `${base}/instructions`, document(botUrl), apiKey);
  const acknowledged = findings.map(({ rule }) => rule);
  await gateway.call('POST', `${base}/instructions/${version}/approve`, { acknowledged }, apiKey);
  const targets = [];
  for (let n = 0; n < connections; n++) {
    const account = `1${String(Date.now()).slice(-9)}${String(n).padStart(4, '0')}`;
    const secret = `app-secret-of-${slug}-${n}`;
    const settings = {
      phoneNumberId: account,
      businessAccountId: '102290129340398',
      accessToken: 'EAAG-token',
      appSecret: secret,
      verifyToken: 'verify-token',
    };
    const made = await gateway.call(
      'POST',
      `${base}/connections`,
      { channel: 'whatsapp-cloud', name: `Line ${n}`, settings },
      apiKey,
    );
    const path = made.webhookUrl.startsWith('http') ? new URL(made.webhookUrl).pathname : made.webhookUrl;
    targets.push({ url: gateway.url + path, secret, account });
  }
  return { slug, targets };
}
