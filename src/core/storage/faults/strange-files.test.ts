import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { chmod, chown, cp, lstat, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tell } from '../../../test/fault-scenarios';
import {
  annotationWrite,
  articleWrite,
  open,
  opened,
  placesIn,
  removeFolders,
  temporaryFolder,
  write,
} from '../../../test/storage-fixtures';
import { buildStorageChild, startStorageChild } from '../../../test/storage-process';
import { fileOf } from '../shard-set';

const [article, other, note] = [
  articleWrite('one', 'a1'),
  articleWrite('two', 'a2'),
  annotationWrite('n', 'n1'),
];
let whole = '';
let text = '';
beforeAll(async () => {
  whole = await temporaryFolder();
  const { store, blobs } = await opened(whole);
  await write(store, article, other, note);
  text = await blobs.put('documents', 'html', Buffer.from('<p>text</p>'));
  await store.close();
});
afterAll(removeFolders);

const copied = async (): Promise<string> => {
  const base = await temporaryFolder();
  await cp(whole, base, { recursive: true });
  await mkdir(join(placesIn(base).path, 'journal'), { recursive: true });
  return base;
};

/** What may lie in the place of a file. */
const STRANGE: Readonly<Record<string, (path: string) => Promise<unknown>>> = {
  'a folder': async (path) => {
    await mkdir(path);
    await writeFile(join(path, 'inside'), 'x');
  },
  'a loop of links': (path) => symlink(path, path),
  'a link that leads nowhere': (path) => symlink(`${path}-nowhere`, path),
  'a pipe': async (path) => execFileSync('mkfifo', [path]),
};
const FILES = {
  shard: () => fileOf('articles', article.id),
  notes: () => fileOf('annotations', note.id),
  journal: () => 'journal/000000000099-strange.log',
  text: () => `documents/${text}.html`,
  library: () => 'library.json',
};

const cases = Object.keys(STRANGE).flatMap((strange) =>
  (Object.keys(FILES) as (keyof typeof FILES)[]).map((what) => ({ strange, what })),
);

describe('something that is no file in the place of one', () => {
  it.each(cases)(
    '$strange for $what: told, kept, and never waited for',
    async ({ strange, what }) => {
      const base = await copied();
      const { path } = placesIn(base);
      const file = FILES[what]();
      await rm(join(path, file), { force: true });
      await STRANGE[strange]?.(join(path, file));
      const result = await open(base);
      if (what === 'library') {
        expect(result).toMatchObject({ ok: false, error: { reason: 'unreadable', file: 'library.json' } });
        await lstat(join(path, file));
        return;
      }
      if (!result.ok) throw new Error(JSON.stringify(result.error));
      const { store, blobs } = result.value;
      const told = store.damage.map((each) => each.file);
      expect(await blobs.read('documents', text)).toEqual(
        what === 'text' ? undefined : Buffer.from('<p>text</p>'),
      );
      await store.close();
      const isSilent = what === 'text' || (what === 'journal' && strange === 'a link that leads nowhere');
      expect(told).toEqual(isSilent ? [] : [file]);
      if (!isSilent) await lstat(join(path, store.damage[0]?.keptAs ?? 'not kept'));
      const kept = [...store.all('articles'), ...store.all('annotations')].map(({ id }) => id as string);
      const lost = what === 'shard' ? article.id : what === 'notes' ? note.id : '';
      expect(kept.toSorted()).toEqual(['a1', 'a2', 'n1'].filter((id) => id !== lost));
    },
    30_000,
  );
});

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

describe.skipIf(!isRoot)('a process that may not read or write', () => {
  let script = '';
  beforeAll(async () => {
    const folder = await temporaryFolder();
    script = await buildStorageChild(folder);
    for (const each of [folder, script]) await chmod(each, 0o755);
  }, 60_000);

  /** A copy of the library that belongs to nobody. */
  const ofNobody = async (): Promise<string> => {
    const base = await copied();
    for (const name of ['.', ...(await readdir(base, { recursive: true }))])
      await chown(join(base, name), NOBODY, NOBODY);
    return base;
  };
  const outcomeOf = async (base: string): Promise<string> => {
    const child = startStorageChild(script, 'hold', base, NOBODY);
    const outcome = await child.first;
    child.process.stdin?.end();
    await child.ended;
    return outcome;
  };

  it('one file: the file is put away as it is, and the rest opens', async () => {
    const base = await ofNobody();
    const { path } = placesIn(base);
    const file = fileOf('articles', article.id);
    await chmod(join(path, file), 0o000);
    expect(await outcomeOf(base)).toBe('opened');
    const [kept = ''] = await readdir(join(path, 'quarantine'));
    expect(kept).toContain(file.replace('/', '_'));
    accessSync(join(path, 'quarantine', kept), constants.F_OK);
    tell('R7', 'a file without permission, another uid', 1);
  }, 30_000);

  it('the folder: the library is not opened for writing, and nothing is changed', async () => {
    const base = await ofNobody();
    const { path } = placesIn(base);
    await chmod(path, 0o555);
    const before = (await readdir(path, { recursive: true })).toSorted();
    expect(await outcomeOf(base)).toBe('not-writable');
    expect((await readdir(path, { recursive: true })).toSorted()).toEqual(before);
    tell('R6', 'a read-only folder, another uid', 1);
  }, 30_000);
});
