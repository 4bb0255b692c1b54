// Senders as platforms are: what was not acknowledged is sent again, word for word, until it is.
import { setTimeout as pause } from 'node:timers/promises';
import type { Acme } from '../support/acme.js';
import type { Gateway } from '../support/gateway.js';
import { visit, type Visitor } from '../support/web-chat.js';
import { messenger, messengerText, postSigned, wamid, whatsApp, whatsAppText } from '../support/webhooks.js';

export interface Sender {
  readonly name: string;
  /** Texts in the order in which they were acknowledged, each once. */
  readonly acknowledged: readonly string[];
  /** Sends one after another until stopped; ends when the last one is acknowledged. */
  run(): Promise<void>;
  stop(): void;
  /** Answers that reached this person, where the person's side can be asked. */
  answers?(): Promise<readonly string[]>;
}

/** Sends one text; answers the status. The same text is the same message. */
type Send = (text: string) => () => Promise<number>;

function sender(name: string, send: Send): Sender {
  const acknowledged: string[] = [];
  let running = true;
  return {
    name,
    acknowledged,
    stop: () => void (running = false),
    async run() {
      for (let n = 0; running; n++) {
        const text = `${name}-${n}`;
        const attempt = send(text);
        while ((await attempt().catch(() => 0)) !== 200) await pause(100);
        acknowledged.push(text);
        await pause(150);
      }
    },
  };
}

export function onWhatsApp(tenant: Acme, n: number): Sender {
  const person = { phone: `49155500000${n}`, user: `DE.55500000${n}` };
  return sender(`wa${n}`, (text) => {
    const payload = whatsApp(tenant.phoneNumberId, person, [whatsAppText(text, { id: wamid(person.phone) })]);
    return async () => (await postSigned(tenant.whatsApp, payload, tenant)).status;
  });
}

export const onMessenger = (tenant: Acme, n: number): Sender =>
  sender(`fb${n}`, (text) => {
    const payload = messenger(tenant.pageId, `246000000000000${n}`, messengerText(text));
    return async () => (await postSigned(tenant.messenger, payload, tenant)).status;
  });

export async function onWebChat(gateway: Gateway, tenant: Acme, n: number): Promise<Sender> {
  const visitor: Visitor = await visit(gateway.url, tenant.siteKey);
  const own = sender(`web${n}`, (text) => async () => {
    const channelData = { clientActivityID: `client-${text}` };
    return (await visitor.post({ type: 'message', text, channelData })).status;
  });
  return { ...own, answers: visitor.texts };
}
