import { describe, expect, it } from 'vitest';
import { openableLink } from './links';

const links: [string | undefined, boolean][] = [
  ['https://doi.org/10.1000/x', true],
  ['http://example.org/a b', true],
  ['HTTPS://EXAMPLE.ORG', true],
  ['mailto:a@example.org', true],
  ['  https://example.org', true],
  [undefined, false],
  ['', false],
  ['#section', false],
  ['/reading/a/b', false],
  ['//example.org', false],
  ['javascript:alert(1)', false],
  ['java\nscript:alert(1)', false],
  ['\u0001javascript:alert(1)', false],
  ['data:text/html,x', false],
  ['blob:https://example.org/x', false],
  ['file:///etc/passwd', false],
  ['vbscript:x', false],
  ['ftp://example.org', false],
  ['app://hepatica/', false],
];

describe('openableLink', () => {
  it.each(links)('%j: %j', (href, opens) => expect(openableLink(href)).toBe(opens ? href : undefined));
});
