import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTranslator } from '#shared/messages/translator';
import { type CheckedLibrary, inLibrary, makeLibrary } from '../../test/checked-library';
import { contentOf, removeFolders, temporaryFolder } from '../../test/storage-fixtures';
import { exportLibrary } from '../export/export-library';
import { damageKinds } from '../storage/faults/damage-kinds';
import { checkLibrary } from './check-library';

/** What a damaged file of records may rightly be said to be; a newer one cannot be checked. */
const CODES = ['damaged-file', 'unreadable-file', 'bad-record', 'newer-file'];
const t = createTranslator('en');

let library: CheckedLibrary;
beforeAll(async () => {
  library = await makeLibrary(await temporaryFolder());
});
afterAll(removeFolders);

describe.each([
  ['articles', 'article'],
  ['collections', 'library'],
] as const)('in the place of a file of %s', (table, which) => {
  const fileOf = (): string => (which === 'library' ? 'library.json' : library.files[which]);

  it.each(damageKinds(Buffer.from(`{"format":"hepatica","${table}":[]}`), table).map(([name]) => [name]))(
    '%s: named by the check, and in the way of nothing else',
    async (name) => {
      const path = inLibrary(library, fileOf());
      const whole = await readFile(path);
      const [, bytes = whole] = damageKinds(whole, table).find(([kind]) => kind === name) ?? [];
      await writeFile(path, bytes);
      try {
        const before = await contentOf(library.path);
        const { findings } = await checkLibrary({ path: library.path });
        const named = findings.filter(({ file, code }) => file === fileOf() && CODES.includes(code));
        expect(named.map(({ code }) => code)).not.toEqual([]);
        const file = join(library.base, 'x.zip');
        const exported = await exportLibrary({ path: library.path, file, t });
        expect(exported).toMatchObject({
          ok: true,
          value: { left: [expect.objectContaining({ file: fileOf() })] },
        });
        const kept = Object.entries(unzipSync(await readFile(file))).find(([entry]) =>
          entry.startsWith('unreadable/'),
        );
        expect(Buffer.from(kept?.[1] ?? []).equals(bytes)).toBe(true);
        await rm(file);
        expect(await contentOf(library.path)).toEqual(before);
        expect(Object.prototype).not.toHaveProperty('polluted');
      } finally {
        await writeFile(path, whole);
      }
    },
  );
});
