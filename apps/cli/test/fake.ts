// One fake and one receiver for a test file, and the calls that a gateway would make.
import { startFakeMeta, type FakeMeta } from '../src/fake-meta/server.js';
import { startReceiver, type Receiver } from './receiver.js';

export const NUMBER = '106540352242922';
export const PAGE = '682498302938465';
export const PERSON = '4915550000001';
export const BSUID = 'DE.13491208655302741918';
export const PSID = '2460000000000001';
export const SECRET = 'app-secret';
export const DAY = 24 * 60 * 60 * 1000;

export let fake: FakeMeta;
export let receiver: Receiver;
/** The fake's clock, ms. */
export const time = { now: 1_800_000_000_000 };

/** Starts both before the tests of a file and makes the fake forget everything before each test. */
export function useFake(): void {
  beforeAll(async () => {
    receiver = await startReceiver();
    fake = await startFakeMeta({ webhookTargets: [receiver.url], appSecret: SECRET, clock: () => time.now });
  });
  afterAll(async () => {
    await fake.close();
    await receiver.close();
  });
  beforeEach(async () => {
    await fake.control.idle();
    fake.control.reset();
    fake.control.set({ statusDelayMs: 1, webhookRetryMs: 5 });
    receiver.hooks.length = 0;
    receiver.answers.length = 0;
    time.now += 10 * DAY;
  });
}

interface GraphAnswer {
  readonly status: number;
  readonly json: {
    readonly error?: { readonly code: number; readonly error_subcode?: number; readonly error_data?: unknown };
    readonly messages?: readonly { readonly id: string }[];
    readonly contacts?: readonly Record<string, string>[];
    readonly [key: string]: unknown;
  };
}

export async function call(
  method: string,
  path: string,
  options: { body?: unknown; token?: string | null } = {},
): Promise<GraphAnswer> {
  const { body, token = 'EAAG-token' } = options;
  const response = await fetch(`${fake.url}/v26.0${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: response.status, json: (await response.json()) as GraphAnswer['json'] };
}

export const whatsApp = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
  messaging_product: 'whatsapp',
  recipient_type: 'individual',
  to: PERSON,
  type: 'text',
  text: { body: 'hello' },
  ...change,
});
const messenger = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
  recipient: { id: PSID },
  messaging_type: 'RESPONSE',
  message: { text: 'hello', metadata: 'opaque-1' },
  ...change,
});
export const send = (change: Record<string, unknown> = {}): Promise<GraphAnswer> =>
  call('POST', `/${NUMBER}/messages`, { body: whatsApp(change) });
export const sendPage = (change: Record<string, unknown> = {}): Promise<GraphAnswer> =>
  call('POST', `/${PAGE}/messages`, { body: messenger(change) });

interface Status {
  readonly id: string;
  readonly status: string;
  readonly recipient_id?: string;
  readonly biz_opaque_callback_data?: string;
  readonly errors?: readonly { readonly code: number }[];
}
export const values = (): readonly {
  readonly statuses?: readonly Status[];
  readonly contacts?: readonly unknown[];
}[] => receiver.hooks.map((hook) => JSON.parse(hook.raw).entry[0].changes[0].value);
export const statuses = (): readonly Status[] => values().flatMap((value) => value.statuses ?? []);
export const events = (): readonly Record<string, Record<string, unknown>>[] =>
  receiver.hooks.map((hook) => JSON.parse(hook.raw).entry[0].messaging[0]);
