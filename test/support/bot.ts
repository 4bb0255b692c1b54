// A bot that remembers what it was sent and answers as it is told.
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface BotCall {
  /** The idempotency key. */
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  readonly raw: string;
  readonly body: BotTurn;
}

/** As much of the bot contract as tests look at. */
export interface BotTurn {
  readonly event: string;
  readonly conversation: string;
  readonly subject: string;
  readonly channel: string;
  readonly message: {
    readonly id: string;
    readonly type: string;
    readonly text: string | null;
    readonly target?: string;
    readonly attachments: readonly {
      readonly id: string;
      readonly type: string;
      readonly mime: string;
      readonly url: string;
    }[];
  };
}

export interface BotAnswer {
  readonly status?: number;
  readonly body?: string;
}

export type Reply = (turn: BotTurn) => BotAnswer | Promise<BotAnswer>;

export const says = (...texts: readonly string[]): BotAnswer => ({
  body: JSON.stringify({ messages: texts.map((text) => ({ type: 'text', text })) }),
});

export const echo: Reply = ({ message }) => says(`echo: ${message.text ?? message.type}`);

export interface Bot {
  readonly url: string;
  /** Every call, oldest first. */
  readonly calls: readonly BotCall[];
  /** Calls of messages with this text. */
  heard(text: string): readonly BotCall[];
  answer(reply: Reply): void;
  close(): Promise<void>;
}

export async function startBot(): Promise<Bot> {
  const calls: BotCall[] = [];
  let reply = echo;
  const take = async (
    headers: IncomingHttpHeaders,
    { raw, response }: { readonly raw: string; readonly response: ServerResponse },
  ): Promise<void> => {
    const body = JSON.parse(raw) as BotTurn;
    calls.push({ id: String(headers['webhook-id']), headers, raw, body });
    const answer = await reply(body);
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' }).end(answer.body ?? '');
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => void take(request.headers, { raw: Buffer.concat(chunks).toString(), response }));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/bot`,
    calls,
    heard: (text) => calls.filter(({ body }) => 'message' in body && body.message.text === text),
    answer: (next) => void (reply = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
