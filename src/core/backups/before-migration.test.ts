import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { stateOf } from '../../test/backed-up-library';
import {
  articleWrite,
  open,
  opened,
  placesIn,
  removeFolders,
  temporaryFolder,
  write,
} from '../../test/storage-fixtures';
import { placesOf } from '../storage/backup/places';
import { bytesIn, readBackup } from '../storage/backup/read-backup';
import { nodeFileSystem } from '../storage/fs-port';
import { formatOf } from '../storage/migrations/format';
import { backupBeforeMigration } from './before-migration';

afterEach(removeFolders);

const format = formatOf([{ from: 1, record: (_table, record) => ({ ...record, later: true }) }]);

it('keeps the files of the older library as they were, in both places', async () => {
  const base = await temporaryFolder();
  const { path, userData } = placesIn(base);
  const { store } = await opened(base);
  await write(store, articleWrite('one'), articleWrite('two'));
  const [{ libraryId }, state] = [store, stateOf(store)];
  await store.close();
  const before = await readFile(join(path, 'library.json'));
  const beforeMigration = backupBeforeMigration({ path, userData });
  await (await opened(base, { format, beforeMigration })).store.close();
  expect(await readFile(join(path, 'library.json'))).not.toEqual(before);
  const { inside, outside } = placesOf({
    fs: nodeFileSystem,
    path,
    userData,
    libraryId,
    isWritable: () => false,
  });
  for (const { folder } of [inside, outside!]) {
    const [manifest] = (await folder.list()).manifests;
    expect(manifest).toMatchObject({ reason: 'before-migration', counts: { articles: 2 }, suspect: [] });
    expect(await bytesIn([folder], manifest!.files[0]!)).toEqual(before);
    const { articles } = await readBackup(manifest!, { folders: [folder] });
    for (const [id, { value }] of articles) expect(value).toEqual(state[`articles ${id}`]?.value);
  }
});

it('keeps the library as it is where no backup can be kept', async () => {
  const base = await temporaryFolder();
  const { path, userData } = placesIn(base);
  await (await opened(base)).store.close();
  for (const folder of [path, userData]) await writeFile(join(folder, 'backups'), 'in the way');
  const names = await readdir(path);
  const result = await open(base, { format, beforeMigration: backupBeforeMigration({ path, userData }) });
  expect(result).toMatchObject({ ok: false, error: { reason: 'not-writable' } });
  expect(await readdir(path)).toEqual(names);
});
