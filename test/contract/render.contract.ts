// The outbound half of the contract: what is claimed renders, what is not is refused, limits hold, no secret leaves.
import type { ChannelAdapter, RenderContext, RenderResult } from '#libs/channels';
import { personal, type OutboundContent, type OutboundType } from '#libs/kernel';
import { PROBES, SAMPLES } from './samples.js';
import type { ContractSubject } from './subject.js';

const TYPES = Object.keys(SAMPLES) as OutboundType[];

export function renderContract(adapter: ChannelAdapter, subject: ContractSubject): void {
  describe('render', () => describeRender(adapter, subject));
  describe('limits', () => describeLimits(adapter, subject));
  describe('interpret', () => describeInterpret(adapter, subject));
}

function contextOf({ address, settings, target }: ContractSubject, change: Partial<RenderContext> = {}): RenderContext {
  const given = Object.entries(address).map(([key, value]) => ({ key, value: personal(value), path: 'kept' }));
  return { address: given, settings, opaqueId: 'opaque-1', target, windowOpen: true, ...change };
}

const requestsOf = (result: RenderResult) => ('requests' in result ? result.requests : []);

function describeRender(adapter: ChannelAdapter, subject: ContractSubject): void {
  const render = (message: OutboundContent, change?: Partial<RenderContext>) =>
    adapter.render(message, contextOf(subject, change));
  const claimed = TYPES.filter((type) => adapter.capabilities[type]);
  const pushes = adapter.delivery === 'push';

  it.each(claimed)('%s is claimed and renders', (type) => {
    const result = render(SAMPLES[type]);
    expect(result).toHaveProperty('requests');
    expect(requestsOf(result).length > 0).toBe(pushes);
  });

  it('what is not claimed is refused', () => {
    for (const type of TYPES.filter((one) => !adapter.capabilities[one])) {
      expect(render(SAMPLES[type])).toMatchObject({ refused: 'unsupported' });
    }
  });

  it('renders the same twice, and names no secret in clear', () => {
    const secrets = adapter.settings.filter((one) => one.secret).map((one) => one.key);
    for (const type of claimed) {
      expect(render(SAMPLES[type])).toEqual(render(SAMPLES[type]));
      for (const request of requestsOf(render(SAMPLES[type]))) {
        const printed = JSON.stringify(request);
        for (const value of Object.values(subject.secrets)) expect(printed).not.toContain(value);
        expect(printed).not.toMatch(/access_token|authorization/i);
        if (request.bearer) expect(secrets).toContain(request.bearer.secret);
        expect(request.timeoutMs).toBeGreaterThan(0);
        expect(request.maxBytes).toBeGreaterThan(0);
      }
    }
  });

  it('calls only hosts of the manifest', () => {
    for (const request of claimed.flatMap((type) => requestsOf(render(SAMPLES[type])))) {
      if (request.base) expect(request.url).toMatch(/^\/[^/]/);
      else expect(adapter.manifest.hosts).toContain(new URL(request.url).host);
    }
  });

  it('without an address everything is refused', () => {
    if (!pushes) return;
    const addressed = claimed.filter((type) => type !== 'read' && type !== 'typing');
    for (const type of addressed) expect(render(SAMPLES[type], { address: [] })).toHaveProperty('refused');
    expect(render(SAMPLES.text, { address: [] })).toMatchObject({ refused: 'no-address' });
  });

  it('outside the window a text is refused, if there is a window', () => {
    const result = render(SAMPLES.text, { windowOpen: false });
    if (adapter.manifest.replyWindowMs === null) expect(result).toHaveProperty('requests');
    else expect(result).toMatchObject({ refused: 'window-closed' });
  });

  it('refusals quote nothing of the message', () => {
    for (const [name, probe] of Object.entries(PROBES)) {
      const result = render(probe(9000));
      if ('refused' in result) expect(`${name}: ${result.detail}`).not.toMatch(/xxx|choice-/);
    }
  });
}

function describeLimits(adapter: ChannelAdapter, subject: ContractSubject): void {
  const render = (message: OutboundContent) => adapter.render(message, contextOf(subject));
  const splits = (name: string): boolean => {
    const [type, limit] = name.split('.') as [OutboundType, string];
    const named = adapter.capabilities[type]?.['splits'];
    return Array.isArray(named) && named.includes(limit);
  };
  const limits = Object.entries(adapter.capabilities).flatMap(([type, of]) =>
    Object.entries(of)
      .filter(([, value]) => typeof value === 'number')
      .map(([limit, value]) => [`${type}.${limit}`, value as number] as const),
  );

  it('each limit has a probe', () => expect(limits.map(([name]) => name).filter((name) => !PROBES[name])).toEqual([]));

  it.each(limits)('%s of %d holds at the boundary', (name, limit) => {
    const probe = PROBES[name]!;
    const within = render(probe(limit));
    const beyond = render(probe(limit + 1));
    expect(within).toHaveProperty('requests');
    if (splits(name)) {
      if (adapter.delivery === 'push') expect(requestsOf(beyond).length).toBe(requestsOf(within).length + 1);
    } else {
      expect(beyond).toMatchObject({ refused: expect.stringMatching(/^(too-long|content)$/) as unknown });
    }
  });

  it('media types that are not claimed are refused', () => {
    const types = adapter.capabilities.media?.['types'];
    if (!Array.isArray(types)) return;
    for (const media of ['image', 'video', 'audio', 'document', 'sticker'] as const) {
      const result = render({ type: 'media', media, url: 'https://files.example.org/a' });
      expect('refused' in result).toBe(!types.includes(media));
    }
  });
}

function describeInterpret(adapter: ChannelAdapter, subject: ContractSubject): void {
  it.each(subject.errors.map((one) => [one.name, one] as const))('%s', (_, { response, kind }) => {
    expect(adapter.interpret(response, 1).kind).toBe(kind);
  });

  it('no answer and a server error are tried again', () => {
    if (adapter.delivery === 'pull') return;
    for (const reason of ['timeout', 'network', 'unreachable'] as const) {
      expect(adapter.interpret({ kind: 'failed', reason }, 1).kind).toBe('retry');
    }
    expect(adapter.interpret({ kind: 'answered', status: 502, headers: {} }, 1).kind).toBe('retry');
  });

  it('the check of the credentials asks without a secret in clear, and reads every answer', () => {
    if (!adapter.check) return;
    const printed = JSON.stringify(adapter.check.request(subject.settings));
    for (const value of Object.values(subject.secrets)) expect(printed).not.toContain(value);
    for (const json of [undefined, null, [], 'x', { error: 'x' }, { error: { code: 190, message: 'token EAAG-1' } }]) {
      const read = adapter.check.read({ kind: 'answered', status: 400, headers: {}, json }, subject.settings);
      expect(read.health).toBe('unhealthy');
      expect(JSON.stringify(read)).not.toContain('EAAG-1');
    }
    expect(adapter.check.read({ kind: 'failed', reason: 'timeout' }, subject.settings).health).toBe('unhealthy');
  });
}
