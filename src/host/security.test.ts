import { describe, expect, it } from 'vitest';
import { wrongHostsAt } from '../test/wrong-hosts';
import {
  type HostPolicy,
  isTopNavigation,
  type Refusal,
  type RequestFacts,
  refuse,
  secretEquals,
} from './security';

const policy: HostPolicy = {
  authority: '127.0.0.1:8123',
  cookieName: 'hepatica-8123-abc',
  cookieValue: 'right-secret',
};
const good: Readonly<Record<string, string>> = {
  Host: '127.0.0.1:8123',
  Cookie: 'hepatica-8123-abc=right-secret',
};
const origin = 'http://127.0.0.1:8123';

const facts = (
  headers: Readonly<Record<string, string>>,
  method = 'GET',
  target = '/',
  more: readonly string[] = [],
): RequestFacts => ({ method, target, rawHeaders: [...Object.entries(headers).flat(), ...more] });

const judge = (headers: Record<string, string>, method?: string, target?: string, more?: string[]) =>
  refuse(facts({ ...good, ...headers }, method, target, more), policy, 'request');

const wrongHosts = wrongHostsAt(8123);

describe('refuse', () => {
  it('lets the page of this host through', () => {
    expect(judge({})).toBeUndefined();
    expect(judge({ 'Sec-Fetch-Site': 'same-origin' }, 'PUT', '/upload', ['Origin', origin])).toBeUndefined();
    expect(judge({ 'Sec-Fetch-Site': 'none' })).toBeUndefined();
    expect(judge({ Cookie: 'other=1; hepatica-8123-abc=right-secret; hepatica-1-x=no' })).toBeUndefined();
    expect(refuse(facts({ ...good, Origin: origin }, 'GET', '/rpc'), policy, 'upgrade')).toBeUndefined();
  });

  it('has at least 40 wrong hosts to refuse', () => expect(wrongHosts.length).toBeGreaterThanOrEqual(40));
  it.each(wrongHosts)('refuses the host %j', (host) => expect(judge({ Host: host })).toBe('host'));
  it('refuses a host given twice, or not at all', () => {
    expect(judge({}, 'GET', '/', ['host', '127.0.0.1:8123'])).toBe('host');
    expect(refuse(facts({ Cookie: good['Cookie']! }), policy, 'request')).toBe('host');
  });

  it.each([
    'http://127.0.0.1:8123/',
    '*',
    '',
    'x',
    '//evil.example/',
    '/a b',
    '/\u0000',
    '/é',
    '127.0.0.1:8123',
  ])('refuses the target %j', (target) => expect(judge({}, 'GET', target)).toBe('target'));

  it.each(['CONNECT', 'TRACE', 'TRACK'])('refuses %s', (method) => expect(judge({}, method)).toBe('method'));

  it.each<[string, Refusal | undefined]>([
    ['same-origin', undefined],
    ['none', undefined],
    ['same-site', 'fetch-site'],
    ['cross-site', 'fetch-site'],
    ['', 'fetch-site'],
    ['same-origin, cross-site', 'fetch-site'],
  ])('judges Sec-Fetch-Site %j', (site, refusal) => expect(judge({ 'Sec-Fetch-Site': site })).toBe(refusal));

  const wrongOrigins = [
    'null',
    '',
    'http://evil.example',
    'https://127.0.0.1:8123',
    'http://127.0.0.1:8124',
    'http://127.0.0.1',
    'http://localhost:8123',
    'http://127.0.0.1:8123/',
    'http://127.0.0.1:8123.evil.example',
    'file://',
    'ws://127.0.0.1:8123',
  ];
  it.each(wrongOrigins)('refuses the origin %j, whatever the method', (wrong) => {
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      expect(judge({ Origin: wrong }, method)).toBe('origin');
    }
    expect(refuse(facts({ ...good, Origin: wrong }), policy, 'upgrade')).toBe('origin');
  });
  it('needs an origin for all but reading', () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'get']) {
      expect(judge({}, method)).toBe('origin');
    }
    expect(refuse(facts(good), policy, 'upgrade')).toBe('origin');
    expect(judge({ Origin: origin }, 'PUT', '/', ['origin', origin])).toBe('origin');
  });

  it.each<[string, Refusal]>([
    ['', 'no-cookie'],
    ['hepatica-8123-abc', 'no-cookie'],
    ['hepatica-8123-old=right-secret', 'no-cookie'],
    ['xhepatica-8123-abc=right-secret', 'no-cookie'],
    ['HEPATICA-8123-ABC=right-secret', 'no-cookie'],
    ['hepatica-8123-abc=', 'wrong-cookie'],
    ['hepatica-8123-abc=right-secre', 'wrong-cookie'],
    ['hepatica-8123-abc=right-secret2', 'wrong-cookie'],
    ['hepatica-8123-abc="right-secret"', 'wrong-cookie'],
    ['hepatica-8123-abc=right-secret; hepatica-8123-abc=no', 'wrong-cookie'],
  ])('refuses the cookie %j', (cookie, refusal) => expect(judge({ Cookie: cookie })).toBe(refusal));
});

describe('isTopNavigation', () => {
  it.each([
    [{}, true],
    [{ 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' }, true],
    [{ 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'iframe' }, false],
    [{ 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'image' }, false],
    [{ 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Dest': 'empty' }, false],
    // What Node's own fetch sends.
    [{ 'Sec-Fetch-Mode': 'cors' }, true],
  ])('of %j', (headers, expected) => expect(isTopNavigation(Object.entries(headers).flat())).toBe(expected));
});

describe('secretEquals', () => {
  it.each([
    ['a', 'a', true],
    ['a', 'b', false],
    ['', 'a', false],
    ['a', 'aa', false],
  ])('%j and %j', (a, b, expected) => expect(secretEquals(a, b)).toBe(expected));
});
