// The WebSocket stream: everything after a watermark, then whatever comes, without gap or repetition.
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { DirectLineBackend } from './backend.js';
import type { Echoes } from './echoes.js';
import type { DirectLineLimits } from './limits.js';
import { originAllowed } from './origins.js';
import type { Ticket, Tokens } from './tokens.js';

/** Most activities in one frame. */
const PAGE = 20;
const PATH = /^\/v3\/directline\/conversations\/([^/]+)\/stream$/;
const REASONS = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
};

export interface StreamDeps {
  readonly backend: DirectLineBackend;
  readonly tokens: Tokens;
  readonly echoes: Echoes;
  readonly limits: DirectLineLimits;
  readonly publicUrl: () => string;
  readonly onError: (error: unknown) => void;
}

interface Opening {
  readonly ticket: Ticket;
  readonly tenantId: string;
  readonly after: string | null;
}

type Refused = keyof typeof REASONS;

/** Null when it cannot be read, such as `//`: what an event of the server throws would end the process. */
const addressOf = ({ url }: IncomingMessage): URL | null => URL.parse(url ?? '/', 'http://gateway');

function refuse(socket: Duplex, status: Refused): void {
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${REASONS[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Serves streams on the server's upgrades until `close`. */
export function serveStreams(server: Server, deps: StreamDeps): { readonly close: () => Promise<void> } {
  const { backend, tokens, limits, onError } = deps;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024, perMessageDeflate: false });
  const open = new Map<string, number>();
  const silent = new WeakSet<WebSocket>();

  /** Counted until its socket closes, and before anything is waited for: openings at the same time know of each other. */
  function take(conversationId: string, socket: Duplex): boolean {
    const streams = open.get(conversationId) ?? 0;
    if (socket.destroyed || streams >= limits.streams) return false;
    open.set(conversationId, streams + 1);
    socket.once('close', () => {
      const left = (open.get(conversationId) ?? 1) - 1;
      if (left > 0) open.set(conversationId, left);
      else open.delete(conversationId);
    });
    return true;
  }

  async function admit(request: IncomingMessage, socket: Duplex): Promise<Opening | Refused> {
    const url = addressOf(request);
    const ticket = await tokens.readTicket(url?.searchParams.get('t') ?? '');
    if (!url || !ticket) return 401;
    const connection = await backend.connection(ticket.connectionId);
    if (!connection || ticket.conversationId !== PATH.exec(url.pathname)?.[1]) return 404;
    if (!originAllowed(request.headers.origin, connection, deps.publicUrl())) return 403;
    if (!take(ticket.conversationId, socket)) return 429;
    if (!(await backend.spend(ticket.ticketId, ticket.until))) return 401;
    return { ticket, tenantId: connection.tenantId, after: url.searchParams.get('watermark') || null };
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    if (!PATH.test(addressOf(request)?.pathname ?? '')) {
      // Another listener may serve other paths; alone, nobody would ever answer.
      if (server.listenerCount('upgrade') === 1) refuse(socket, 404);
      return;
    }
    void answer(request, socket, head);
  }

  async function answer(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    try {
      const opening = await admit(request, socket);
      if (typeof opening === 'number') return refuse(socket, opening);
      sockets.handleUpgrade(request, socket, head, (stream) => begin(stream, opening));
    } catch (error) {
      onError(error);
      refuse(socket, 503);
    }
  }

  function begin(stream: WebSocket, opening: Opening): void {
    const { conversationId } = opening.ticket;
    const pump = createPump(stream, opening, deps);
    // First subscribed, then read: what comes in between is in what is read, and the watermark keeps it from coming twice.
    const unsubscribe = backend.subscribe(conversationId, pump);
    stream.on('pong', () => silent.delete(stream));
    stream.on('error', () => stream.terminate());
    stream.on('close', unsubscribe);
    // Clients send empty texts as pings; nothing that comes in here means anything.
    pump();
  }

  const heartbeat = setInterval(() => {
    for (const stream of sockets.clients) {
      if (silent.has(stream)) stream.terminate();
      silent.add(stream);
      stream.ping();
    }
  }, limits.heartbeatMs);
  heartbeat.unref();
  server.on('upgrade', upgrade);

  return {
    async close() {
      clearInterval(heartbeat);
      server.off('upgrade', upgrade);
      const streams = [...sockets.clients];
      const gone = streams.map((stream) => new Promise((done) => stream.once('close', done)));
      for (const stream of streams) stream.close(1001);
      await Promise.race([Promise.all(gone), new Promise((done) => setTimeout(done, 500).unref())]);
      for (const stream of streams) stream.terminate();
      sockets.close();
    },
  };
}

/** Reads on from the watermark and writes one frame after another; calls while it works make it look once more. */
function createPump(stream: WebSocket, { ticket, tenantId, after }: Opening, deps: StreamDeps): () => void {
  const { backend, echoes, limits, onError } = deps;
  const { connectionId, conversationId, visitorId } = ticket;
  let watermark = after;
  let working = false;
  let again = false;

  async function step(): Promise<void> {
    await echoes.settled(conversationId);
    const feed = await backend.feed({ tenantId, connectionId, conversationId, after: watermark, limit: PAGE });
    const activities = feed.activities.map((activity) => echoes.dress(activity, visitorId));
    if (activities.length > 0)
      await write(stream, JSON.stringify({ activities, watermark: feed.watermark }), limits.stallMs);
    watermark = feed.watermark;
    if (feed.more) again = true;
  }

  async function work(): Promise<void> {
    working = true;
    try {
      do {
        again = false;
        await step();
      } while (again && stream.readyState === stream.OPEN);
    } catch (error) {
      if (stream.readyState === stream.OPEN) onError(error);
      stream.close(1011); // the client comes back with its watermark
    } finally {
      working = false;
    }
  }

  return () => {
    again = true;
    if (!working && stream.readyState === stream.OPEN) void work();
  };
}

/** One frame at a time, so that a reader who does not keep up costs one frame of memory, and after a while its connection. */
function write(stream: WebSocket, frame: string, stallMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const stalled = setTimeout(() => stream.terminate(), stallMs);
    stream.send(frame, (error) => {
      clearTimeout(stalled);
      if (!error) return resolve();
      stream.terminate(); // whoever has gone comes back with its watermark
      reject(error);
    });
  });
}
