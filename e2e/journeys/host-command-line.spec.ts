import { execFile } from 'node:child_process';
import { readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { test } from '../drivers/library-folder';

/** `hepatica` as a process, in English. */
const hepatica = (...argv: string[]): Promise<{ code: number; out: string; warned: string }> =>
  new Promise((resolve) => {
    const env = { ...process.env, LC_ALL: 'en_US.UTF-8' };
    const child = execFile(
      process.execPath,
      [join('scripts', 'hepatica.mjs'), ...argv],
      { env },
      (_error, out, warned) => resolve({ code: child.exitCode ?? -1, out, warned }),
    );
    child.stdin?.end();
  });

test('says how it is used, and what it does not understand', async () => {
  expect(await hepatica('--help')).toMatchObject({ code: 0, out: expect.stringMatching(/^usage: hepatica/) });
  expect(await hepatica('check', '.', '--fix')).toEqual({
    code: 2,
    out: '',
    warned: 'Unknown option \'--fix\'. See "hepatica --help".\n',
  });
});

test('checks a library while the app has it open', async ({ library }) => {
  await library.start();
  const { code, out } = await hepatica('check', library.path, '--json');
  expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ outcome: 'fine', findings: [] })]);
});

test('exports a library, also without its library.json, and says what is missing', async ({ library }) => {
  const whole = join(library.folder, 'whole.zip');
  expect(await hepatica('export', library.path, whole)).toMatchObject({ code: 0, warned: '' });
  await unlink(join(library.path, 'library.json'));
  const part = join(library.folder, 'part.zip');
  expect((await hepatica('export', library.path, part)).code).toBe(1);
  const exported = [whole, part].map(async (file) => {
    const entries = unzipSync(await readFile(file));
    return JSON.parse(strFromU8(entries['articles.json'] ?? new Uint8Array()));
  });
  const [all, found] = await Promise.all(exported);
  expect(all.length).toBeGreaterThan(1);
  expect(found).toEqual(all);
  expect((await hepatica('check', library.path)).code).toBe(1);
});
