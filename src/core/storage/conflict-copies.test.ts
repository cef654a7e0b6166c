import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Annotation } from '#shared/model/annotation';
import type { Article } from '#shared/model/article';
import {
  annotationWrite,
  articleWrite,
  open,
  opened,
  placesIn,
  removeFolders,
  temporaryFolder,
  write,
} from '../../test/storage-fixtures';
import { findConflictCopies } from './conflict-copies';
import { SCHEMA, seal } from './envelope';
import { nodeFileSystem } from './fs-port';
import { fileOf } from './shard-set';
import type { DocumentStore, Write } from './types';

afterEach(removeFolders);

/** How programs name the other copy of `<stem>.json`. */
const styles: [program: string, name: (stem: string) => string][] = [
  ['Syncthing', (stem) => `${stem}.sync-conflict-20260304-101112-ABCDEFG.json`],
  ['Dropbox', (stem) => `${stem} (Anna's conflicted copy 2026-03-04).json`],
  ['Dropbox, Chinese', (stem) => `${stem} (Anna 的冲突副本 2026-03-04).json`],
  ['Nextcloud', (stem) => `${stem} (conflicted copy 2026-03-04 101112).json`],
  ['OneDrive', (stem) => `${stem}-LAPTOP.json`],
  ['Google Drive', (stem) => `${stem} (1).json`],
  ['iCloud', (stem) => `${stem} 2.json`],
  ['ownCloud', (stem) => `${stem}_conflict-20260304-101112.json`],
  ['Unison', (stem) => `${stem}.json (conflict on 2026-03-04)`],
];

/** Two machines that once had the same library, and went on without each other. */
const parted = async (...writes: readonly Write[]) => {
  const base = await temporaryFolder();
  const { store } = await opened(base);
  if (writes.length > 0) await write(store, ...writes);
  await store.close();
  const [here, there] = [await temporaryFolder(), await temporaryFolder()];
  for (const each of [here, there]) await cp(placesIn(base).path, placesIn(each).path, { recursive: true });
  return { here, there };
};

const change = async (base: string, ...writes: readonly Write[]): Promise<void> => {
  const { store } = await opened(base);
  await write(store, ...writes);
  await store.close();
};

/** What a sync program does: their file lies beside ours under another name. */
const bring = async (
  from: string,
  to: string,
  file: string,
  name: (stem: string) => string,
): Promise<string> => {
  const parts = file.split('/');
  const copied = [...parts.slice(0, -1), name(parts.at(-1)?.replace('.json', '') ?? '')].join('/');
  await cp(join(placesIn(from).path, file), join(placesIn(to).path, copied));
  return copied;
};

const titles = (store: DocumentStore): string[] =>
  [...store.all('articles')].flatMap((each) => each.value?.title ?? []).sort();
const notes = (store: DocumentStore): string[] =>
  [...store.all('annotations')].flatMap((each) => each.value?.note ?? []).sort();

const retitled = (of: Write, title: string): Write =>
  ({ ...of, value: { ...(of.value as Article), title } }) as Write;
const noted = (of: Write, note: string): Write =>
  ({ ...of, value: { ...(of.value as Annotation), note } }) as Write;

/** An id whose record lies in the same file. */
const beside = (table: 'articles' | 'annotations', id: string): string => {
  for (let count = 0; ; count += 1)
    if (fileOf(table, `beside${count}`) === fileOf(table, id)) return `beside${count}`;
};

describe('conflict copies', () => {
  it.each(styles)('named by %s are found, taken in once, and put away', async (_program, name) => {
    const { here, there } = await parted(articleWrite('both', 'shared'));
    const added = articleWrite('theirs', beside('articles', 'shared'));
    await change(there, added);
    const copy = await bring(there, here, fileOf('articles', 'shared'), name);
    const bytes = await readFile(join(placesIn(here).path, copy));
    const { store, mergeCopies } = await opened(here);
    expect(titles(store)).toEqual(['both']);
    const merged = await mergeCopies();
    expect(merged).toEqual([{ file: copy, keptAs: expect.any(String), state: 'merged', conflicts: 0 }]);
    expect(titles(store)).toEqual(['both', 'theirs']);
    expect(await readFile(join(placesIn(here).path, merged[0]!.keptAs))).toEqual(bytes);
    expect(await mergeCopies()).toEqual([]);
    await store.close();
    const again = await opened(here);
    expect(titles(again.store)).toEqual(['both', 'theirs']);
    await again.store.close();
  });

  it.each([
    ['00.json', []],
    ['library.json', []],
    ['.00.json.12-0123456789abcdef.tmp', []],
    ['notes.json', []],
    ['00a.json', []],
    ['AB (1).json', ['ab.json']],
  ])('a file %s is a copy of %j', async (name, of) => {
    const base = await temporaryFolder();
    const { store } = await opened(base);
    await write(store, articleWrite('one'));
    await store.close();
    await writeFile(join(placesIn(base).path, 'articles', name), '');
    const found = await findConflictCopies(nodeFileSystem, placesIn(base).path);
    expect(found.map((each) => each.of)).toEqual(of.map((file) => `articles/${file}`));
  });

  it('of notes written on both machines keep both, and both machines end alike', async () => {
    const first = annotationWrite('', 'first');
    const { here, there } = await parted(first);
    await change(here, noted(first, 'from the ward'));
    await change(there, noted(first, 'from home'));
    const file = fileOf('annotations', 'first');
    const [name = () => ''] = styles.map(([, style]) => style);
    await bring(there, here, file, name);
    await bring(here, there, file, (stem) => `${stem} (1).json`);
    const seen: string[][] = [];
    for (const base of [here, there]) {
      const { store, mergeCopies } = await opened(base);
      expect(await mergeCopies()).toMatchObject([{ state: 'merged', conflicts: 1 }]);
      seen.push(notes(store));
      await store.close();
    }
    expect(seen).toEqual([
      ['from home', 'from the ward'],
      ['from home', 'from the ward'],
    ]);
    // Synced once more, there is nothing left to do.
    await bring(there, here, file, name);
    const { store, mergeCopies } = await opened(here);
    expect(await mergeCopies()).toMatchObject([{ state: 'merged', conflicts: 0 }]);
    expect(notes(store)).toEqual(['from home', 'from the ward']);
    await store.close();
  });

  it('lose none of 1,000 annotations that two machines changed, deleted and added to', async () => {
    const shared = Array.from({ length: 600 }, (_, at) => annotationWrite(`shared ${at}`, `a${at}`));
    const { here, there } = await parted(...shared);
    const part = (from: number, to: number, who: string) =>
      shared.slice(from, to).map((each, at) => noted(each, `${who} ${from + at}`));
    const fresh = (who: string) =>
      Array.from({ length: 200 }, (_, at) => annotationWrite(`new ${who} ${at}`, `${who}${at}`));
    await change(here, ...part(0, 200, 'here'), ...fresh('here'));
    await change(there, ...part(200, 400, 'there'), ...fresh('there'));
    for (const name of await readdir(join(placesIn(there).path, 'annotations')))
      await bring(
        there,
        here,
        `annotations/${name}`,
        (stem) => `${stem}.sync-conflict-20260304-101112-ABCDEFG.json`,
      );
    const { store, mergeCopies } = await opened(here);
    const merged = await mergeCopies();
    expect(merged.filter(({ state, conflicts }) => state !== 'merged' || conflicts > 0)).toEqual([]);
    const expected = [
      ...Array.from({ length: 200 }, (_, at) => `here ${at}`),
      ...Array.from({ length: 200 }, (_, at) => `there ${200 + at}`),
      ...Array.from({ length: 200 }, (_, at) => `shared ${400 + at}`),
      ...['here', 'there'].flatMap((who) => Array.from({ length: 200 }, (_, at) => `new ${who} ${at}`)),
    ];
    expect(notes(store)).toEqual(expected.sort());
    await store.close();
  });

  it.each([
    [20, 20, 'would-shrink', 20],
    [60, 12, 'merged', 48],
    [60, 13, 'would-shrink', 60],
    [10, 10, 'merged', 0],
  ])('of %i articles that would remove %i are %s', async (count, removed, state, left) => {
    const many = Array.from({ length: count }, (_, at) => articleWrite(`article ${at}`, `shared${at}`));
    const { here, there } = await parted(...many);
    const gone = many.slice(0, removed).map(({ table, id }) => ({ table, id, value: null }) as Write);
    await change(there, ...gone, articleWrite('new', beside('articles', 'shared0')));
    const files = [...new Set(gone.map(({ id }) => fileOf('articles', id)))];
    for (const file of files) await bring(there, here, file, (stem) => `${stem} 2.json`);
    const { store, mergeCopies } = await opened(here);
    const merged = await mergeCopies();
    expect(new Set(merged.map((each) => each.state))).toEqual(new Set([state]));
    expect(titles(store)).toHaveLength(left + 1);
    await store.close();
  });

  const strange: [string, Buffer, string | undefined][] = [
    ['nothing', Buffer.alloc(0), 'unreadable'],
    ['NUL bytes', Buffer.alloc(100), 'unreadable'],
    ['another thing', Buffer.from('{"a":1}'), 'unreadable'],
    [
      'a newer schema, which is left',
      seal({ schema: SCHEMA + 1, generation: 1, writer: 'them', seq: 1, extra: {} }, '{}'),
      undefined,
    ],
  ];
  it.each(strange)('that hold %s do no harm', async (_name, bytes, state) => {
    const { here } = await parted(articleWrite('ours', 'ours'));
    const copy = fileOf('articles', 'ours').replace('.json', ' (1).json');
    await writeFile(join(placesIn(here).path, copy), bytes);
    const { store, mergeCopies } = await opened(here);
    const merged = await mergeCopies();
    expect(merged.map((each) => each.state)).toEqual(state === undefined ? [] : [state]);
    const kept = merged[0]?.keptAs ?? copy;
    expect(await readFile(join(placesIn(here).path, kept))).toEqual(bytes);
    expect(titles(store)).toEqual(['ours']);
    await store.close();
  });

  it('that are no files are put away, and keep no other from being taken in', async () => {
    const { here, there } = await parted(articleWrite('both', 'shared'));
    await change(there, articleWrite('theirs', beside('articles', 'shared')));
    const file = fileOf('articles', 'shared');
    await mkdir(join(placesIn(here).path, file.replace('.json', ' (0).json')));
    await symlink('nowhere', join(placesIn(here).path, file.replace('.json', ' (1).json')));
    await bring(there, here, file, (stem) => `${stem} (2).json`);
    const { store, mergeCopies } = await opened(here);
    expect((await mergeCopies()).map((each) => each.state)).toEqual(['unreadable', 'merged']);
    expect(titles(store)).toEqual(['both', 'theirs']);
    expect(await mergeCopies()).toEqual([]);
    await store.close();
  });

  it('of the library file are taken in, unless they are of another library', async () => {
    const collection = (id: string): Write =>
      ({ table: 'collections', id, value: { id, name: id, order: 'a0' } }) as Write;
    const { here, there } = await parted(collection('both'));
    await change(there, collection('theirs'));
    await bring(there, here, 'library.json', (stem) => `${stem} (1).json`);
    const stranger = await temporaryFolder();
    await change(stranger, collection('strange'));
    await bring(stranger, here, 'library.json', (stem) => `${stem} (2).json`);
    const { store, mergeCopies } = await opened(here);
    expect((await mergeCopies()).map((each) => each.state)).toEqual(['merged', 'other-library']);
    expect([...store.all('collections')].map((each) => each.id).sort()).toEqual(['both', 'theirs']);
    await store.close();
  });

  it('are left alone where the library is open for reading', async () => {
    const { here } = await parted(articleWrite('ours', 'ours'));
    const copy = await bring(here, here, fileOf('articles', 'ours'), (stem) => `${stem} 2.json`);
    const result = await open(here, { mode: 'read-only' });
    if (!result.ok) throw new Error('it did not open');
    expect(await result.value.mergeCopies()).toEqual([]);
    await result.value.store.close();
    expect(await findConflictCopies(nodeFileSystem, placesIn(here).path)).toMatchObject([{ file: copy }]);
  });
});

describe('a journal that a sync program brought from another machine', () => {
  it('is read by what it knows, not by its numbers', async () => {
    const first = annotationWrite('', 'first');
    const { here, there } = await parted(first, articleWrite('x', 'x'));
    for (const title of ['one', 'two', 'three', 'four'])
      await change(here, retitled(articleWrite('x', 'x'), title));
    await change(here, noted(first, 'from the ward'));
    // Never checkpointed: the other machine lost its power.
    const { store } = await opened(there, { checkpointDelay: 1_000_000 });
    await write(store, noted(first, 'from home'));
    const from = join(placesIn(there).path, 'journal');
    for (const name of await readdir(from))
      await cp(join(from, name), join(placesIn(here).path, 'journal', name));
    await store.close();
    const again = await opened(here);
    expect(notes(again.store)).toEqual(['from home', 'from the ward']);
    await again.store.close();
    const third = await opened(here);
    expect(notes(third.store)).toEqual(['from home', 'from the ward']);
    await third.store.close();
  });
});
