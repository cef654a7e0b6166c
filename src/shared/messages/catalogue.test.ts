import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../commands/commands';
import { catalogueOf, LANGUAGES, languageFor, type MessageKey } from './catalogue';
import type { MessageTree } from './define';
import { createTranslator } from './translator';

const flatten = (tree: Readonly<Record<string, MessageTree | string>>, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[path + key, value]] : flatten(value, `${path}${key}.`),
  );
const en = new Map(flatten(catalogueOf('en')));
const zh = new Map(flatten(catalogueOf('zh-CN')));

const placeholders = (text: string): string[] => [
  ...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name)),
];
const stemOf = (key: string): string => key.replace(/_(one|other)$/, '');
const HAN = /\p{Script=Han}/u;
/** The same in every language: names, and what is written with signs and placeholders only. */
const isWritten = (text: string): boolean => /\p{L}{2,}/u.test(text.replaceAll(/\{\{\w+\}\}/g, ''));

describe('the catalogue', () => {
  it('says the same things in both languages', () => {
    const stems = (messages: ReadonlyMap<string, string>) =>
      [...new Set([...messages.keys()].map(stemOf))].sort();
    expect(stems(zh)).toEqual(stems(en));
  });

  it('has no empty message, and none with spaces around', () => {
    const bad = [...en, ...zh].filter(([, text]) => text === '' || text !== text.trim());
    expect(bad).toEqual([]);
  });

  it('is written in Chinese where the English is', () => {
    const same = [...zh].filter(([key, text]) => isWritten(en.get(key) ?? '') && !HAN.test(text));
    expect(same.map(([key]) => key)).toEqual(['app.name']);
    expect([...en].filter(([key, text]) => HAN.test(text) && key !== 'settings.sample')).toEqual([]);
  });

  it('has the same placeholders in both', () => {
    const differing = [...zh].flatMap(([key, text]) => {
      const [a, b] = [placeholders(en.get(key) ?? '').sort(), placeholders(text).sort()];
      return a.join() === b.join() ? [] : [[key, a, b]];
    });
    expect(differing).toEqual([]);
  });

  it('has plurals complete: two in English, one in Chinese', () => {
    const plural = (messages: ReadonlyMap<string, string>, end: string) =>
      [...messages.keys()]
        .filter((key) => key.endsWith(end))
        .map(stemOf)
        .sort();
    expect(plural(en, '_one')).toEqual(plural(en, '_other'));
    expect(plural(zh, '_other')).toEqual(plural(en, '_other'));
    expect(plural(zh, '_one')).toEqual([]);
    expect([...en.keys()].filter((key) => en.has(`${key}_other`))).toEqual([]);
  });

  it('has a label for each command, and no other', () => {
    const labels = [...en.keys()].flatMap((key) => (key.startsWith('commands.') ? key.slice(9) : []));
    expect(labels.sort()).toEqual(commands.map(({ id }) => id).sort());
    expect(new Set(labels.map((id) => en.get(`commands.${id}`))).size).toBe(labels.length);
  });
});

/** The text of all sources under a folder of `src`, without the tests. */
const sourcesOf = (folder: string): string[] => {
  const root = join(import.meta.dirname, '../..', folder);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .map((name) => readFileSync(join(root, name), 'utf8'));
};

describe('the history', () => {
  it('has words for each step that the services write, and for no other', () => {
    const used = sourcesOf('core').flatMap((text) => text.match(/(?<=')history\.[\w-]+(?=')/g) ?? []);
    expect(used.length).toBeGreaterThan(10);
    expect([...new Set(used)].sort()).toEqual(
      [...en.keys()].filter((key) => key.startsWith('history.')).sort(),
    );
  });
});

describe('translating', () => {
  it.each([
    ['en', 0, '0 articles'],
    ['en', 1, '1 article'],
    ['en', 2, '2 articles'],
    ['zh-CN', 1, '1 篇文献'],
    ['zh-CN', 2, '2 篇文献'],
  ] as const)('%s counts %i', (language, count, words) =>
    expect(createTranslator(language)('library.count', { count })).toBe(words),
  );

  it('escapes nothing: what shows the words does', () =>
    expect(createTranslator('en')('library.tagFilter', { tag: '<b>&' })).toBe('Tag: <b>&'));

  it('puts no message into a message', () =>
    expect(createTranslator('en')('library.tagFilter', { tag: '$t(app.name) {{count}}' })).toBe(
      'Tag: $t(app.name) {{count}}',
    ));

  it.each(LANGUAGES)('finds every message of %s', (language) => {
    const t = createTranslator(language);
    const values = { count: 2 };
    const missing = [...en.keys()].map(stemOf).filter((key) => t(key as MessageKey, values) === key);
    expect(missing).toEqual([]);
  });
});

describe('languageFor', () => {
  it.each([
    ['system', 'en-GB', 'en'],
    ['system', 'zh-CN', 'zh-CN'],
    ['system', 'zh', 'zh-CN'],
    ['system', 'ZH-Hans-SG', 'zh-CN'],
    ['system', 'de-DE', 'en'],
    ['system', '', 'en'],
    ['en', 'zh-CN', 'en'],
    ['zh-CN', 'en-US', 'zh-CN'],
  ] as const)('%s on a system of %j: %s', (choice, system, language) =>
    expect(languageFor(choice, system)).toBe(language),
  );
});
