// A visitor of the web chat, by plain REST of Direct Line 3.0.
import { took } from './acme.js';
import { exchange, type Answer } from './gateway.js';

export interface Visitor {
  readonly conversationId: string;
  readonly token: string;
  /** Posts an activity, whatever comes of it. */
  post(activity: Readonly<Record<string, unknown>>): Promise<Answer>;
  /** Presses a button that is shown. */
  press(title: string): Promise<Answer>;
  /** Posts an activity with files. */
  upload(activity: Readonly<Record<string, unknown>>, files: readonly File[]): Promise<Answer>;
  /** Texts of the other side, oldest first. */
  texts(): Promise<readonly string[]>;
  /** All activities, of both sides. */
  shown(): Promise<readonly Shown[]>;
}

export interface Shown {
  readonly id?: string;
  readonly text?: string;
  readonly from?: { readonly id?: string };
  readonly suggestedActions?: { readonly actions: readonly { readonly title: string; readonly value: unknown }[] };
}

export async function visit(
  url: string,
  siteKey: string,
  given: { readonly user?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Visitor> {
  const base = `${url}/v3/directline`;
  const call = (method: string, path: string, { bearer, body }: { readonly bearer: string; readonly body?: unknown }) =>
    exchange(base + path, {
      method,
      headers: {
        authorization: `Bearer ${bearer}`,
        ...(body instanceof FormData ? {} : { 'content-type': 'application/json' }),
        ...given.headers,
      },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    });
  const asked = given.user === undefined ? {} : { user: { id: given.user } };
  const bought = took(await call('POST', '/tokens/generate', { bearer: siteKey, body: asked }), 'token');
  const begun = took(await call('POST', '/conversations', { bearer: String(bought['token']) }), 'conversation');
  const token = String(begun['token']);
  const conversationId = String(begun['conversationId']);
  const path = `/conversations/${conversationId}`;
  async function shown(): Promise<readonly Shown[]> {
    const all: Shown[] = [];
    for (let watermark = ''; ;) {
      const page = took(
        await call('GET', `${path}/activities?watermark=${watermark}`, { bearer: token }),
        'activities',
      );
      const activities = page['activities'] as readonly Shown[];
      if (activities.length === 0) return all;
      all.push(...activities);
      watermark = String(page['watermark']);
    }
  }
  const post: Visitor['post'] = (activity) =>
    call('POST', `${path}/activities`, { bearer: token, body: { from: { id: 'me' }, ...activity } });
  return {
    conversationId,
    token,
    post,
    async press(title) {
      const buttons = (await shown()).flatMap(({ suggestedActions }) => suggestedActions?.actions ?? []);
      const button = buttons.findLast((one) => one.title === title);
      if (!button) throw new Error(`no button says ${title}`);
      return post({ type: 'message', text: title, value: button.value });
    },
    upload(activity, files) {
      const form = new FormData();
      form.append('activity', new Blob([JSON.stringify(activity)], { type: 'application/vnd.microsoft.activity' }));
      for (const file of files) form.append('file', file);
      return call('POST', `${path}/upload`, { bearer: token, body: form });
    },
    shown,
    texts: async () => (await shown()).filter((one) => one.from?.id === 'bot').map((one) => one.text ?? ''),
  };
}
