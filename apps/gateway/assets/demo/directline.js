// The browser's side of Direct Line 3.0: a session, a stream that comes back with its watermark, and sending.
const BASE = '/v3/directline';
const STORED = 'parley-demo-chat';
const REFRESH_MS = 15 * 60_000;
const TIMEOUT_MS = 30_000;
const LONGEST_PAUSE_MS = 15_000;

export class Refused extends Error {
  constructor(status) {
    super(`refused: ${status}`);
    this.status = status;
  }
}

/** The conversation or its site is gone: trying again is of no use. */
const isOver = (error) => error instanceof Refused && (error.status === 401 || error.status === 404);

/** Until the tab is closed, and only once the chat was opened. Where storage is blocked, a reload begins a new chat. */
const stored = {
  read() {
    try {
      return JSON.parse(sessionStorage.getItem(STORED));
    } catch {
      return null;
    }
  },
  write(session) {
    try {
      if (session) sessionStorage.setItem(STORED, JSON.stringify(session));
      else sessionStorage.removeItem(STORED);
    } catch {
      // the session lives in memory then
    }
  },
};

async function call(path, { bearer, headers, ...init }) {
  const response = await fetch(`${BASE}${path}`, {
    method: 'POST',
    ...init,
    headers: { ...headers, authorization: `Bearer ${bearer}` },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new Refused(response.status);
  return response.json();
}

const json = (body) => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

function form(activity, files) {
  const body = new FormData();
  body.append('activity', new Blob([JSON.stringify(activity)], { type: 'application/vnd.microsoft.activity' }), 'blob');
  for (const file of files) body.append('file', file, file.name);
  return { body };
}

/** Resolves after `ms`, or at once when the network is back or `signal` ends the chat. */
function pause(ms, signal) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
}

/**
 * `onState` is told connecting, online, waiting (for the network) and over; `onActivities` gets every activity once per start,
 * in the order of the conversation.
 */
export function createClient({ siteKey, onActivities, onState }) {
  let session = stored.read();
  let watermark = '';
  let running = null;

  function keep({ conversationId, token, expires_in: seconds }) {
    session = { conversationId, token, until: Date.now() + seconds * 1000 };
    stored.write(session);
  }

  function forget() {
    running?.abort();
    running = null;
    session = null;
    watermark = '';
    stored.write(null);
  }

  const generate = (body) => call('/tokens/generate', { bearer: siteKey, ...json(body) });
  const renew = async () => keep(await generate({ token: session.token }));

  /** A call as the visitor: with a token that is young enough, and once more when it was not. */
  async function visit(path, init) {
    const left = session.until - Date.now();
    if (left <= 0) await renew();
    else if (left < REFRESH_MS) keep(await call('/tokens/refresh', { bearer: session.token }));
    try {
      return await call(path, { bearer: session.token, ...init });
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 403) throw error;
      await renew();
      return call(path, { bearer: session.token, ...init });
    }
  }

  const here = (path = '') => `/conversations/${session.conversationId}${path}`;
  const after = () => `?watermark=${encodeURIComponent(watermark)}`;

  function take(set) {
    watermark = set.watermark;
    onActivities(set.activities);
  }

  /** Resolves when the stream has ended, with whether it had ever begun. */
  function listen(url, signal) {
    return new Promise((resolve) => {
      const socket = new WebSocket(url);
      let opened = false;
      const close = () => socket.close();
      socket.addEventListener('open', () => {
        opened = true;
        onState('online');
      });
      socket.addEventListener('message', ({ data }) => {
        if (data !== '' && !signal.aborted) take(JSON.parse(data));
      });
      socket.addEventListener('close', () => {
        removeEventListener('offline', close);
        resolve(opened);
      });
      addEventListener('offline', close);
      signal.addEventListener('abort', close);
    });
  }

  /** One connection after another. Where a network lets no stream through, each round fetches what is new instead. */
  async function stay(signal, firstUrl) {
    let url = firstUrl;
    let failures = 0;
    while (!signal.aborted) {
      try {
        url ??= (await visit(`${here()}${after()}`, { method: 'GET' })).streamUrl;
        if (signal.aborted) return;
        if (await listen(url, signal)) failures = 0;
        else if (!signal.aborted) {
          take(await visit(`${here('/activities')}${after()}`, { method: 'GET' }));
          failures = 1;
        }
      } catch (error) {
        if (signal.aborted) return;
        if (isOver(error)) return over();
        failures += 1;
      }
      url = undefined;
      if (signal.aborted) return;
      onState('waiting');
      await pause(Math.min(500 * 2 ** failures * (0.75 + Math.random() / 2), LONGEST_PAUSE_MS), signal);
    }
  }

  function over() {
    forget();
    onState('over');
  }

  return {
    /** A chat of this tab that was open before the page was loaded again. */
    hasSession: () => session !== null,
    forget,
    /** Opens the chat, or comes back to it. @throws when no chat could be opened */
    async start() {
      onState('connecting');
      let streamUrl;
      if (session === null) {
        const { token } = await generate({});
        const granted = await call('/conversations', { bearer: token });
        keep(granted);
        ({ streamUrl } = granted);
      }
      running = new AbortController();
      void stay(running.signal, streamUrl);
    },
    /** Resolves with the id of the kept message. The activity says nothing of the browser, its clock, language or page. */
    async send({ id, text, button, files }) {
      const channelData = { clientActivityID: id, ...(button && { messageBack: { displayText: button.displayText } }) };
      const activity = { type: 'message', ...(text && { text }), ...(button && { value: button.value }), channelData };
      const sent =
        files.length > 0
          ? await visit(here('/upload'), form(activity, files))
          : await visit(here('/activities'), json(activity));
      return sent.id;
    },
  };
}
