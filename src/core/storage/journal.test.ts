import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  articleWrite,
  failure,
  faultyFileSystem,
  removeFolders,
  temporaryFolder,
} from '../../test/storage-fixtures';
import { SCHEMA, sha256 } from './envelope';
import { nodeFileSystem as fs } from './fs-port';
import { isNewerJournal, Journal, type JournalRecord, journalLine, readJournal } from './journal';

afterEach(removeFolders);

const record = (seq: number): JournalRecord => {
  const { table, id, value } = articleWrite(`article ${seq} 肝`);
  const change = { table, id, before: null, after: { id, version: { w: 1 }, value } };
  const time = '2026-01-01T00:00:00.000Z';
  const rest = { time, writer: 'w', label: 'x', capture: 'step' as const };
  return { schema: SCHEMA, seq, ...rest, changes: [change] as unknown as JournalRecord['changes'] };
};
const records = [1, 2, 3].map(record);
const allowed = async () => {};

/** A journal folder with one segment of these bytes. */
const journalOf = async (bytes: string | Uint8Array): Promise<string> => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, '000000000001-a.log'), bytes);
  return folder;
};
const seqs = (content: { records: readonly JournalRecord[] }) => content.records.map((each) => each.seq);

describe('readJournal', () => {
  const whole = Buffer.from(records.map(journalLine).join(''));

  it('reads what was appended, in order, each once, over all segments', async () => {
    const folder = await journalOf(whole);
    await writeFile(
      join(folder, '000000000003-b.log'),
      [record(5), records[2], record(4)].map((r) => journalLine(r!)).join(''),
    );
    await writeFile(join(folder, 'notes.txt'), 'not a segment');
    const content = await readJournal(fs, folder);
    expect(seqs(content)).toEqual([1, 2, 3, 4, 5]);
    expect(content.records.slice(0, 3)).toEqual(records);
    expect(content.damage).toEqual([]);
  });

  it('is empty where there is no folder', async () => {
    expect(seqs(await readJournal(fs, join(await temporaryFolder(), 'none')))).toEqual([]);
  });

  it('gives the whole lines before a tear, wherever it is', async () => {
    const folder = await temporaryFolder();
    const ends = records.map((_, index) =>
      Buffer.byteLength(
        records
          .slice(0, index + 1)
          .map(journalLine)
          .join(''),
      ),
    );
    const lengths = Array.from({ length: whole.length + 1 }, (_, length) => length);
    for (const length of lengths.filter(
      (each) => each % 7 === 0 || ends.some((end) => Math.abs(end - each) < 40),
    )) {
      await writeFile(join(folder, '000000000001-a.log'), whole.subarray(0, length));
      const content = await readJournal(fs, folder);
      // The line end itself is not needed: a line is whole when its checksum says so.
      expect(content.records.length, `cut at ${length}`).toBe(ends.filter((end) => length >= end - 1).length);
      expect(content.damage, `cut at ${length}`).toEqual([]);
    }
  });

  it.each<[string, (text: string) => string, number[], number[]]>([
    ['a changed letter', (text) => text.replace('article 2', 'article 7'), [1, 3], [2]],
    ['a lost line end', (text) => text.replace('\n', ' '), [3], [1]],
    ['a line of something else', (text) => text.replace('\n', '\nhello\n'), [1, 2, 3], [2]],
    ['NULs at the end', (text) => `${text}\0\0\0\0`, [1, 2, 3], [4]],
    ['NULs throughout', (text) => '\0'.repeat(text.length), [], [1]],
    ['an empty line', (text) => text.replace('\n', '\n\n'), [1, 2, 3], [2]],
  ])('tells %s and reads the rest', async (_name, spoil, left, damaged) => {
    const content = await readJournal(fs, await journalOf(spoil(whole.toString('utf8'))));
    expect(seqs(content)).toEqual(left);
    expect(content.damage.map((each) => each.line)).toEqual(damaged);
  });

  it('knows a newer journal, whatever its lines look like', async () => {
    const json = JSON.stringify({ schema: SCHEMA + 1, delta: [1, 2] });
    const content = await readJournal(fs, await journalOf(`${sha256(json).slice(0, 32)} ${json}\n`));
    expect(isNewerJournal(content)).toBe(true);
    expect(content.damage).toEqual([]);
  });
});

describe('Journal', () => {
  it('calls durable only after the sync, and drops what it is told to', async () => {
    const folder = join(await temporaryFolder(), 'journal');
    const calls: string[] = [];
    const watched = faultyFileSystem((call) => void calls.push(call));
    const journal = new Journal(watched, folder, [], allowed);
    await journal.append(records.slice(0, 2), () => void calls.push('durable'));
    expect(calls.slice(calls.indexOf('write'))).toEqual(['write', 'datasync', 'durable']);
    const covered = await journal.rotate();
    await journal.append([record(3)], () => {});
    expect(await readdir(folder)).toHaveLength(2);
    await journal.drop(covered);
    expect(seqs(await readJournal(fs, folder))).toEqual([3]);
    await journal.rotate();
  });

  it.each(['open', 'write', 'datasync', 'sync'] as const)(
    'survives a failing %s without a half line',
    async (bad) => {
      const folder = join(await temporaryFolder(), 'journal');
      await mkdir(folder);
      let broken = false;
      const journal = new Journal(
        faultyFileSystem((call) => {
          if (broken && call === bad) throw failure('ENOSPC');
        }),
        folder,
        [],
        allowed,
      );
      if (bad === 'write' || bad === 'datasync') await journal.append([record(1)], () => {});
      broken = true;
      let durable = 0;
      for (let attempt = 0; attempt < 5; attempt++)
        await expect(journal.append([record(2)], () => durable++)).rejects.toThrow('ENOSPC');
      expect(durable).toBe(0);
      broken = false;
      await journal.append([record(2), record(3)], () => durable++);
      expect(durable).toBe(1);
      const content = await readJournal(fs, folder);
      expect(seqs(content).slice(-2)).toEqual([2, 3]);
      expect(content.damage).toEqual([]);
      await journal.rotate();
    },
  );

  it('leaves one file, not one for each attempt, when the disk is full', async () => {
    const folder = join(await temporaryFolder(), 'journal');
    let full = true;
    const journal = new Journal(
      faultyFileSystem((call) => {
        if (full && call === 'write') throw failure('ENOSPC');
      }),
      folder,
      [],
      allowed,
    );
    for (let attempt = 0; attempt < 20; attempt++)
      await journal.append([record(1)], () => {}).catch(() => {});
    const names = await readdir(folder);
    expect(names).toHaveLength(1);
    expect(await readFile(join(folder, names[0]!), 'utf8')).toBe('');
    full = false;
    await journal.append([record(1)], () => {});
    await journal.rotate();
  });
});
