// The commands about incidents: what is opened, drafted, told and closed.
import { startCli, type Cli } from './run.js';

let cli: Cli;
beforeAll(async () => void (cli = await startCli()));
afterAll(() => cli.end());
beforeEach(() => cli.forget());

describe('incident', () => {
  const incident = {
    id: 'i-1', from: '2026-11-01T00:00:00.000Z', to: '2026-11-02T00:00:00.000Z', countedAt: '2026-11-03T00:00:00.000Z', persons: 2, events: 5,
    tenants: [{ tenant: 'acme', persons: 2, events: 5, categories: { content: 2 }, keys: { exposed: 0, sealed: 2, shredded: 1 } }],
  }; // prettier-ignore

  it('open waits for the lists, and says what it came to', async () => {
    cli.gateway.answers.set('POST /v1/incidents', () => [201, { ...incident, countedAt: null }]);
    cli.gateway.answers.set('GET /v1/incidents/i-1', () => [200, incident]);
    const time = ['--from', incident.from, '--to', incident.to];
    const { code, out } = await cli.run(['incident', 'open', ...time, '--component', 'database', 'recipient:bot', '--tenant', 'acme']); // prettier-ignore
    expect([code, out.split('\n').map((line) => line.replace(/ {2,}/g, ' | '))]).toEqual([
      0,
      [
        'i-1: 2 persons, 5 messages',
        'TENANT | PERSONS | MESSAGES | KEYS EXPOSED | SEALED | SHREDDED | CATEGORIES',
        'acme | 2 | 5 | 0 | 2 | 1 | content 2',
      ],
    ]);
    expect(JSON.parse(cli.gateway.asked[0]!.raw)).toEqual({
      from: incident.from, to: incident.to, components: ['database', 'recipient:bot'], suspicion: ['ConfidentialityBreach'], tenants: ['acme'],
    }); // prettier-ignore
  });

  it('draft prints the text, and the letters if asked', async () => {
    const letters = [{ language: 'en', subject: 'Your data', body: 'Dear {name}' }];
    cli.gateway.answers.set('GET /v1/incidents/i-1/drafts/acme?phase=first', () => [200, { text: 'First notice', letters }]); // prettier-ignore
    expect((await cli.run(['incident', 'draft', 'i-1', 'acme'])).out).toBe('First notice');
    expect((await cli.run(['incident', 'draft', 'i-1', 'acme', '--letters'])).out).toContain('[en] Your data');
  });

  it('tell says who was told, and close that it is', async () => {
    cli.gateway.answers.set('POST /v1/incidents/i-1/notices', () => [201, { told: ['acme'] }]);
    cli.gateway.answers.set('POST /v1/incidents/i-1/close', () => [200, incident]);
    expect((await cli.run(['incident', 'tell', 'i-1', '--measures', 'Closed.'])).out).toBe('Told: acme');
    expect(JSON.parse(cli.gateway.asked[0]!.raw)).toEqual({ phase: 'first', measures: 'Closed.' });
    expect((await cli.run(['incident', 'close', 'i-1'])).out).toBe('Closed.');
  });
});
