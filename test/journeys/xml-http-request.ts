// XMLHttpRequest over fetch, as much of it as a browser's client library uses: Node has none.

type Handler = ((this: FetchedRequest, event: object) => void) | null;

export class FetchedRequest {
  readyState = 0;
  status = 0;
  response: unknown = null;
  responseText = '';
  responseType: '' | 'json' | 'text' | 'arraybuffer' = '';
  timeout = 0;
  onreadystatechange: Handler = null;
  ontimeout: Handler = null;

  readonly #headers = new Headers();
  readonly #abort = new AbortController();
  #target = { method: 'GET', url: '' };
  #answered: Headers | null = null;

  open(method: string, url: string): void {
    this.#target = { method, url };
    this.readyState = 1;
  }

  setRequestHeader(name: string, value: string): void {
    this.#headers.set(name, value);
  }

  getResponseHeader(name: string): string | null {
    return this.#answered?.get(name) ?? null;
  }

  abort(): void {
    this.#abort.abort();
  }

  send(body?: RequestInit['body']): void {
    void this.#perform(body);
  }

  async #perform(body: RequestInit['body']): Promise<void> {
    const timer = this.timeout > 0 ? setTimeout(() => this.#timedOut(), this.timeout) : null;
    try {
      const { method, url } = this.#target;
      const init = {
        method,
        headers: this.#headers,
        signal: this.#abort.signal,
        ...(body ? { body } : {}),
      };
      const answer = await fetch(url, init);
      this.#answered = answer.headers;
      await this.#read(answer);
      this.status = answer.status;
    } catch {
      if (this.#abort.signal.aborted) return;
      this.status = 0; // what a browser shows of a connection that failed
    } finally {
      if (timer) clearTimeout(timer);
    }
    this.readyState = 4;
    this.onreadystatechange?.({ type: 'readystatechange' });
  }

  async #read(answer: Response): Promise<void> {
    if (this.responseType === 'arraybuffer') {
      this.response = await answer.arrayBuffer();
      return;
    }
    this.responseText = await answer.text();
    this.response = this.responseText;
    if (this.responseType !== 'json') return;
    try {
      this.response = JSON.parse(this.responseText);
    } catch {
      this.response = null;
    }
  }

  #timedOut(): void {
    this.#abort.abort();
    this.ontimeout?.({ type: 'timeout' });
  }
}
