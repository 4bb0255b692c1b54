// What the compiler and the import rules cannot say: who may name a channel, grant a mandate, read personal data, call out.
import { CHANNELS } from '#libs/channels';
import { filesThat, SOURCES, type Source } from './sources.js';

test('the sources are read', () => {
  expect(SOURCES.length).toBeGreaterThan(200);
  expect(filesThat(({ imports }) => imports.includes('#libs/kernel')).length).toBeGreaterThan(50);
});

describe('a channel is named in its own folder only, so that one more is one folder and one line', () => {
  const IDS = CHANNELS.map(({ manifest }) => manifest.channel);
  const named = new RegExp(`(^|[/:|])(${IDS.join('|')})([/:|]|$)`);
  const elsewhere: Readonly<Record<string, string>> = {
    'apps/cli/src/fake-meta/products.ts': 'what Meta itself calls the product in its webhooks',
    'apps/gateway/src/api/connections/connections.dto.ts': 'an example in the description of the API',
    'apps/gateway/src/api/retention/retention.dto.ts': 'an example in the description of the API',
    'apps/gateway/src/api/statistics/statistics.dto.ts': 'an example in the description of the API',
  };

  test('and nowhere else', () => {
    const names = ({ file, strings }: Source): boolean =>
      !file.startsWith('libs/channels/src/') && strings.some((text) => named.test(text));
    expect(filesThat(names)).toEqual(Object.keys(elsewhere));
  });

  test.each(IDS)('%s is named by one folder', (id) => {
    const folders = filesThat(({ file, strings }) => file.startsWith('libs/channels/') && strings.includes(id));
    expect(new Set(folders.map((file) => file.split('/')[3]))).toEqual(new Set([id]));
  });
});

test('only decisions grant a mandate', () => {
  const grants = ({ names, members }: Source): boolean => names.has('grantMandate') || members.has('Mandate.grant');
  expect(filesThat(grants)).toEqual([
    'libs/instructions/src/decide.ts',
    'libs/instructions/src/minimise.ts',
    'libs/instructions/src/rights.ts', // what the law lets a person ask for
    'libs/kernel/src/mandate.ts', // where it is made
  ]);
});

/** Who reads personal data, and why it must. A new name in this list is a decision, not an accident. */
const READERS: Readonly<Record<string, string>> = {
  'libs/channels/src/shared/meta/look-up.ts': 'asks the platform about the person',
  'libs/channels/src/shared/meta/render.ts': 'addresses the person on the platform',
  'libs/channels/src/whatsapp-cloud/address.ts': 'addresses the person on the platform',
  'libs/instructions/src/apply.ts': 'carries out what was decided of each part: keep, cut, mask, replace, drop',
  'libs/instructions/src/minimise.ts': 'takes out what a recipient is not to have',
  'libs/kernel/src/personal.ts': 'defines it',
  'libs/pipeline/src/contacts.ts': 'remembers for a moment who writes, so that a message needs no look-up',
  'libs/pipeline/src/embedded.ts': 'sees whether files of a message have metadata in them',
  'libs/pipeline/src/filing.ts': 'gives a message the id that its own client was told',
  'libs/pipeline/src/identity.ts': 'hashes what a person is found by',
  'libs/pipeline/src/kept.ts': 'puts what was decided to be kept into the body that is sealed next',
  'libs/recipients/src/shared/bot-request.ts': 'writes the minimised turn into the request to a bot',
  'libs/rights/src/requests/requests.ts': 'seals what a platform called a person whom nobody here answers to',
  'libs/vault/src/personal-seal.ts': 'seals it',
};

test('personal data is read where it is listed, with a reason', () => {
  const reads = ({ names, members }: Source): boolean => names.has('reveal') || members.has('Personal.read');
  expect(filesThat(reads)).toEqual(Object.keys(READERS));
});

describe('one door each', () => {
  test.each([
    {
      what: 'database clients',
      modules: ['pg', 'typeorm'],
      doors: [
        /^libs\/store\/src\/(pool|line|logins|migrate|migrations\/[\w-]+|backup\/session)\.ts$/,
        /^libs\/platform\/src\/(database\/(database|holder)|queues\/backend)\.ts$/,
      ],
    },
    {
      what: 'HTTP clients',
      modules: ['axios', 'undici', 'node:http', 'node:https'],
      // The server listens, and calls nobody.
      doors: [/^libs\/platform\/src\/egress\//, /^apps\/cli\//, /^apps\/gateway\/src\/http-server\.ts$/],
    },
    { what: 'queues', modules: ['bullmq', 'ioredis'], doors: [/^libs\/platform\/src\/(queues\/|redis\.ts$)/] },
    { what: 'loggers', modules: ['pino'], doors: [/^libs\/platform\/src\/logging\//] },
  ])('$what', ({ modules, doors }) => {
    const users = filesThat(({ imports }) => imports.some((name) => modules.includes(name)));
    expect(users.length).toBeGreaterThan(0);
    expect(users.filter((file) => !doors.some((door) => door.test(file)))).toEqual([]);
  });

  test('nothing of the gateway calls out by itself', () => {
    const callsOut = ({ file, calls }: Source): boolean =>
      /^(libs|apps\/gateway)\/.*src\//.test(file) && (calls.has('fetch') || calls.has('WebSocket'));
    expect(filesThat(callsOut)).toEqual([]);
  });

  test('what the gateway says goes through the logger', () => {
    const says = ({ file, members }: Source): boolean =>
      /^(libs|apps\/gateway)\/.*src\//.test(file) &&
      [...members].some((member) => /^(console\.|process\.(stdout|stderr)$)/.test(member));
    expect(filesThat(says)).toEqual([
      'apps/gateway/src/main.ts', // why it could not start, and that it is ready
      'libs/platform/src/logging/logger.ts',
    ]);
  });
});
