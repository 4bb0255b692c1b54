// Sends webhooks as Meta does: non-ASCII escaped, signed over those very bytes, sent again when nobody says 200.
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Behaviour, Delivery, WebhookTarget } from './types.js';

/** JSON as Meta writes it: everything beyond ASCII as lower-case `\uXXXX`. */
export const escaped = (payload: unknown): string =>
  JSON.stringify(payload).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** The value of X-Hub-Signature-256 for these bytes. */
export const signature = (bytes: string | Buffer, appSecret: string): string =>
  `sha256=${createHmac('sha256', appSecret).update(bytes).digest('hex')}`;

export interface Courier {
  /** Sends to every target that the account concerns; resolves when each has said 200 or was given up. */
  send(account: string, payload: unknown): Promise<void>;
  readonly deliveries: readonly Delivery[];
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  /** Gives up what is under way. */
  stop(): void;
}

export interface CourierOptions {
  readonly targets: readonly WebhookTarget[];
  readonly appSecret: string;
  readonly behaviour: () => Behaviour;
  readonly clock: () => number;
}

export function courier(options: CourierOptions): Courier {
  const deliveries: Delivery[] = [];
  const underWay = new Set<Promise<void>>();
  const stopped = new AbortController();

  async function post(target: WebhookTarget, body: string): Promise<number> {
    try {
      const response = await fetch(target.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'facebookexternalua',
          'x-hub-signature-256': signature(body, target.appSecret ?? options.appSecret),
        },
        body,
        signal: AbortSignal.any([stopped.signal, AbortSignal.timeout(10_000)]),
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return 0;
    }
  }

  async function deliver(target: WebhookTarget, payload: unknown): Promise<void> {
    const body = escaped(payload);
    const { webhookRetries, webhookRetryMs } = options.behaviour();
    for (let attempt = 1; attempt <= webhookRetries + 1 && !stopped.signal.aborted; attempt++) {
      const status = await post(target, body);
      deliveries.push({ at: options.clock(), url: target.url, status, attempt, payload });
      if (status === 200) return;
      if (attempt <= webhookRetries) {
        await sleep(webhookRetryMs, undefined, { signal: stopped.signal }).catch(() => undefined);
      }
    }
  }

  return {
    deliveries,
    async send(account, payload) {
      const concerned = options.targets.filter((target) => target.account === undefined || target.account === account);
      const all = Promise.all(concerned.map((target) => deliver(target, payload))).then(() => undefined);
      underWay.add(all);
      await all.finally(() => underWay.delete(all));
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    stop: () => stopped.abort(),
  };
}
