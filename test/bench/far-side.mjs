// What lies beyond the gateway in the end-to-end measurement: Meta's Graph API and a bot, and the person who writes.
import http from 'node:http';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { startFakeMeta } from '../../dist/apps/cli/src/fake-meta/server.js';
import { sign, whatsAppText } from './payloads.mjs';

/** A bot that repeats what it was told, at once. */
async function startBot() {
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const { message } = JSON.parse(Buffer.concat(chunks).toString());
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ messages: [{ type: 'text', text: message.text }] }));
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/bot`, close: () => server.close() };
}

export async function startFarSide() {
  const now = () => performance.now();
  const bot = await startBot();
  const called = new Map();
  // The fake notes each call with its own clock; limits and statuses would measure the fake and not the gateway.
  const graph = await startFakeMeta({
    clock: now,
    behaviour: { statuses: 'none', window: 'off', pair: null, perSecond: 100_000 },
  });
  const agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
  let read = 0;

  /** Takes over what the fake has noted since the last time: text → when. */
  const note = () => {
    for (; read < graph.calls.length; read++) {
      const { body, at } = graph.calls[read];
      const text = body?.text?.body;
      if (text !== undefined && !called.has(text)) called.set(text, at);
    }
  };

  /** Posts one message; answers when its first byte was sent, in ms of the same clock. */
  function write(target, { person, text }) {
    const body = JSON.stringify(whatsAppText({ account: target.account, person, text }));
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'x-hub-signature-256': sign(body, target.secret),
    };
    const sentAt = now();
    return new Promise((resolve, reject) => {
      const request = http.request(target.url, { method: 'POST', agent, headers }, (response) => {
        response.resume();
        if (response.statusCode !== 200) reject(new Error(`webhook answered ${response.statusCode}`));
        else resolve(sentAt);
      });
      request.once('error', reject);
      request.end(body);
    });
  }

  return {
    graphUrl: graph.url,
    botUrl: bot.url,
    now,
    write,
    /** When the answer that carries this text was sent to the person. */
    calledAt(text) {
      note();
      return called.get(text);
    },
    async until(texts, seconds) {
      for (const end = now() + seconds * 1000; now() < end; await sleep(50)) {
        note();
        if (texts.every((text) => called.has(text))) return;
      }
      throw new Error(`${texts.filter((text) => !called.has(text)).length} of ${texts.length} answers never came`);
    },
    async close() {
      agent.destroy();
      bot.close();
      await graph.close();
    },
  };
}
