// Drives the unmodified npm client `botframework-directlinejs` against any gateway, by its address and a site key.
import {
  ConnectionStatus,
  DirectLine,
  type Activity,
  type DirectLineOptions,
  type Message,
} from 'botframework-directlinejs';
import { WebSocket } from 'ws';
import { until } from '../support/until.js';
import { FetchedRequest } from './xml-http-request.js';

export { ConnectionStatus, type Activity };

// What the client takes from the browser. It is loaded as it was published.
Object.assign(globalThis, { XMLHttpRequest: FetchedRequest, WebSocket });

export interface Gateway {
  /** `http://127.0.0.1:3000` */
  readonly url: string;
  readonly siteKey: string;
}

export interface Grant {
  readonly conversationId: string;
  readonly token: string;
  readonly expires_in: number;
}

/** Buys a token, as a page does before it starts the client; with the old token, one for the same conversation. */
export async function buyToken({ url, siteKey }: Gateway, body: object = {}): Promise<Grant> {
  const answer = await fetch(`${url}/v3/directline/tokens/generate`, {
    method: 'POST',
    headers: { authorization: `Bearer ${siteKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`tokens/generate: ${answer.status}`);
  return (await answer.json()) as Grant;
}

/** Members that the client has but does not declare: the journey looks at them, and calls what its timers call. */
interface Inner {
  conversationId: string;
  token: string;
  watermark: string;
  streamUrl: string;
  refreshToken(): { subscribe(next: (token: string) => void, error: (error: unknown) => void): unknown };
}

export interface ChatClient {
  readonly line: DirectLine;
  readonly inner: Inner;
  /** Everything that came in, in order. */
  readonly activities: Activity[];
  readonly statuses: ConnectionStatus[];
  /** Sends a text under an id of the client's own; answers the gateway's id, or `retry` as the client says it. */
  send(text: string, more?: Partial<Message>): Promise<string>;
  refresh(): Promise<string>;
  /** Waits until a text of somebody has come in. */
  heard(text: string, role?: 'bot' | 'user'): Promise<Activity>;
  close(): void;
}

export interface ClientOptions {
  readonly mode: 'websocket' | 'polling';
  readonly token: string;
  readonly resume?: { readonly conversationId: string; readonly watermark: string };
}

let sent = 0;

export function openClient(gateway: Gateway, { mode, token, resume }: ClientOptions): ChatClient {
  const options: DirectLineOptions & { random: () => number } = {
    domain: `${gateway.url}/v3/directline`,
    token,
    webSocket: mode === 'websocket',
    pollingInterval: 200,
    // The client waits 3 to 15 s before it comes back after a lost stream: three will do.
    random: () => 0,
    ...resume,
  };
  const line = new DirectLine(options);
  const inner = line as unknown as Inner;
  const activities: Activity[] = [];
  const statuses: ConnectionStatus[] = [];
  const watching = [
    line.connectionStatus$.subscribe((status) => void statuses.push(status)),
    line.activity$.subscribe(
      (activity) => void activities.push(activity),
      () => undefined,
    ),
  ];
  return {
    line,
    inner,
    activities,
    statuses,
    send: (text, more = {}) =>
      new Promise((resolve, reject) => {
        const message = {
          type: 'message' as const,
          from: { id: 'whoever' },
          text,
          channelData: { clientActivityID: `client-${++sent}` },
          ...more,
        };
        line.postActivity(message).subscribe(resolve, reject);
      }),
    refresh: () => new Promise((resolve, reject) => void inner.refreshToken().subscribe(resolve, reject)),
    heard: (text, role = 'bot') =>
      until(`"${text}" from ${role}`, () =>
        activities.find((one) => one.type === 'message' && one.text === text && one.from.role === role),
      ),
    close() {
      for (const one of watching) one.unsubscribe();
      line.end();
    },
  };
}
