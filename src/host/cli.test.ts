import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type CheckedLibrary, change, inLibrary, makeLibrary } from '../test/checked-library';
import { contentOf, opened, removeFolders, temporaryFolder, write } from '../test/storage-fixtures';
import { runCommandLine, type Surroundings } from './cli';

afterEach(removeFolders);

const run = async (base: string, argv: readonly string[], given: Partial<Surroundings> = {}) => {
  const [out, warned]: [string[], string[]] = [[], []];
  const code = await runCommandLine(argv, {
    write: (text) => out.push(text),
    warn: (text) => warned.push(text),
    userData: join(base, 'user'),
    language: 'en-GB',
    version: '1.2.3',
    ...given,
  });
  return { code, out: out.join('\n'), warned: warned.join('\n') };
};

const library = async (): Promise<CheckedLibrary> => makeLibrary(await temporaryFolder());

/** An article in a collection that does not exist. */
const damaged = async (): Promise<CheckedLibrary> => {
  const made = await library();
  await change(made, ({ store }) =>
    write(store, { table: 'collections', id: made.collection.id, value: null }),
  );
  return made;
};

describe('hepatica', () => {
  it.each([
    [['--help'], 0, /^usage: hepatica check DIR/, /^$/],
    [['--version'], 0, /^1\.2\.3$/, /^$/],
    [[], 2, /^$/, /^Nothing was asked\. See "hepatica --help"\.$/],
    [['check', '.', '--fix'], 2, /^$/, /^Unknown option '--fix'\. See/],
  ] as const)('%j: exit code %i', async (argv, code, out, warned) => {
    const ran = await run('', argv);
    expect(ran).toEqual({ code, out: expect.stringMatching(out), warned: expect.stringMatching(warned) });
  });
});

describe('hepatica check', () => {
  it('says that a library is in order, and what it holds', async () => {
    const { base, path } = await library();
    expect(await run(base, ['check', path])).toEqual({
      code: 0,
      out: '5 files, 1 articles, 1 annotations and 1 collections.\nThe library is in order.',
      warned: '',
    });
  });

  it('names what it found, in the language of the system', async () => {
    const made = await damaged();
    const { code, out } = await run(made.base, ['check', made.path], { language: 'zh-CN' });
    expect(code).toBe(1);
    expect(out).toContain(
      `警告: ${made.files.article}：文献 ${made.article.id} 所在的分类 ${made.collection.id} 不存在。`,
    );
  });

  it('words the cause of damage', async () => {
    const made = await library();
    await writeFile(inLibrary(made, made.files.annotation), '');
    const { code, out } = await run(made.base, ['check', made.path]);
    expect([code, out]).toEqual([1, expect.stringContaining('is damaged: the file is empty.')]);
  });

  it('prints JSON alone', async () => {
    const made = await damaged();
    const { code, out } = await run(made.base, ['check', made.path, '--json']);
    expect([code, JSON.parse(out).findings[0].code]).toEqual([1, 'lost-collection']);
  });

  it('cannot check what is no library', async () => {
    const base = await temporaryFolder();
    const { code, out } = await run(base, ['check', join(base, 'nothing')]);
    expect([code, out]).toEqual([2, expect.stringContaining('There is no library in this folder.')]);
    expect(await readdir(base)).toEqual([]);
  });
});

describe('hepatica check --repair', () => {
  it('repairs once it is told to, with a backup before', async () => {
    const made = await damaged();
    const { code, out } = await run(made.base, ['check', made.path, '--repair', '--yes']);
    expect([code, out]).toEqual([0, expect.stringContaining('1 links to collections were removed')]);
    const backups = await readdir(join(made.path, 'backups'));
    expect(backups.some((name) => name.endsWith('-before-repair.json'))).toBe(true);
    const { store } = await opened(made.base);
    expect(store.get('articles', made.article.id)?.value?.collections).toEqual([]);
    await store.close();
  });

  it('prints JSON alone, of what is left', async () => {
    const made = await damaged();
    const { code, out } = await run(made.base, ['check', made.path, '--repair', '--yes', '--json']);
    expect([code, JSON.parse(out).outcome]).toEqual([0, 'fine']);
  });

  it.each([
    ['nobody can be asked', undefined, 2],
    ['the answer is no', async () => false, 1],
  ] as const)('changes nothing where %s', async (_name, ask, code) => {
    const made = await damaged();
    const before = await contentOf(made.path);
    const ran = await run(made.base, ['check', made.path, '--repair'], ask === undefined ? {} : { ask });
    expect(ran.code).toBe(code);
    expect(await contentOf(made.path)).toEqual(before);
  });

  it('asks first, and takes a yes', async () => {
    const made = await damaged();
    const asked: string[] = [];
    const ask = async (question: string): Promise<boolean> => {
      asked.push(question);
      return true;
    };
    expect((await run(made.base, ['check', made.path, '--repair'], { ask })).code).toBe(0);
    expect(asked).toEqual(['Repair this library? [y/N]']);
  });

  it('asks nothing where there is nothing to repair', async () => {
    const made = await library();
    const ask = (): Promise<boolean> => Promise.reject(new Error('asked'));
    expect((await run(made.base, ['check', made.path, '--repair'], { ask })).code).toBe(0);
  });

  it('leaves a library alone that is open elsewhere', async () => {
    const made = await damaged();
    const { store } = await opened(made.base);
    const { code, warned } = await run(made.base, ['check', made.path, '--repair', '--yes']);
    expect([code, warned]).toEqual([2, expect.stringContaining(`process ${process.pid}`)]);
    await store.close();
  });
});

describe('hepatica export', () => {
  it('writes a file and says what is in it', async () => {
    const { base, path } = await library();
    const file = join(base, 'out.zip');
    expect(await run(base, ['export', path, file])).toEqual({
      code: 0,
      out: `${file} holds 1 articles, 1 annotations and 2 contents.`,
      warned: '',
    });
    expect(await run(base, ['export', path, file])).toMatchObject({
      code: 2,
      warned: expect.stringContaining('exists already'),
    });
  });

  it.each([
    [
      'what could not be read',
      async (made: CheckedLibrary) => writeFile(inLibrary(made, made.files.annotation), ''),
      1,
      /could not be read were left out.* 1\./,
    ],
    [
      'that there is no library',
      async (made: CheckedLibrary) => rm(made.path, { recursive: true }),
      2,
      /There is no library in/,
    ],
  ] as const)('says %s', async (_name, damage, code, words) => {
    const made = await library();
    await damage(made);
    const ran = await run(made.base, ['export', made.path, join(made.base, 'x.zip')]);
    expect([ran.code, ran.warned]).toEqual([code, expect.stringMatching(words)]);
  });
});
