import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTranslator } from '#shared/messages/translator';
import { wordCause } from '#shared/messages/word-cause';
import { LockLost } from './lock';
import { causeOf, notSaved } from './not-saved';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hepatica-'));
});
afterEach(() => rm(folder, { recursive: true }));

const system = (code: string, message: string): Error =>
  Object.assign(new Error(`${code}: ${message}, rename '/x/.lock.12-00ff.tmp' -> '/x/lock'`), { code });

describe('causeOf', () => {
  it.each([
    ['ENOSPC', 'disk-full', 'the disk is full', '磁盘已满'],
    ['EDQUOT', 'quota-full', 'the disk quota is used up', '磁盘配额已用完'],
    ['EROFS', 'disk-read-only', 'the disk is read-only', '磁盘是只读的'],
    ['EACCES', 'no-permission', 'access was denied', '没有访问权限'],
    ['EPERM', 'no-permission', 'access was denied', '没有访问权限'],
    ['EIO', 'disk-error', 'the disk reports an error', '磁盘报告错误'],
    ['EXDEV', 'failed: EXDEV: what it is', 'EXDEV: what it is', 'EXDEV: what it is'],
  ])('words %s, and names no file of its own', (code, cause, english, chinese) => {
    const found = causeOf(system(code, 'what it is'));
    expect(found).toBe(cause);
    expect(wordCause(createTranslator('en'), found)).toBe(english);
    expect(wordCause(createTranslator('zh-CN'), found)).toBe(chinese);
  });

  it('knows what real files answer', async () => {
    await writeFile(join(folder, 'file'), '');
    const causes = await Promise.all(
      [folder, join(folder, 'none'), join(folder, 'file', 'inside')].map((path) =>
        readFile(path).then(() => undefined, causeOf),
      ),
    );
    expect(causes).toEqual(['not-a-file', 'folder-gone', 'no-folder']);
  });

  it.each([
    [new LockLost(), 'lock-lost'],
    [new Error('a, b'), 'failed: a, b'],
    ['thrown', 'failed: thrown'],
  ])('%s', (error, cause) => expect(causeOf(error)).toBe(cause));

  it('goes into the problem that callers get', () => {
    expect(notSaved('disk-full').problem).toMatchObject({ code: 'not-saved', detail: 'disk-full' });
  });
});
