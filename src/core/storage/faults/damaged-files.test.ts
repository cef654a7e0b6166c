import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  type Life,
  LONG,
  live,
  openOn,
  SCENARIOS,
  SEED,
  seenIn,
  tell,
  withoutProcess,
} from '../../../test/fault-scenarios';
import { articleWrite, placesIn } from '../../../test/storage-fixtures';
import { openLibrary } from '../open';
import { damageKinds } from './damage-kinds';
import type { DiskState } from './disk-state';
import { MemoryDisk } from './memory-disk';
import { sample, seeded } from './random';

/** A closed library with a text, and then one more change in the journal. */
const library = async (): Promise<{ life: Life; state: DiskState; seen: string }> => {
  const life = await live(SCENARIOS['add, edit, delete']);
  const more = [articleWrite('three', 'article3'), articleWrite('four', 'article4')];
  const { disk, points } = await live([more], { state: life.disk.state }, 'killed');
  return { life, state: withoutProcess(disk.state), seen: points.at(-1)?.seen ?? '' };
};
const { life, state: whole, seen: wholeSeen } = await library();
const paths = whole.list().map(([path]) => path);
const found = (pattern: RegExp): string => paths.find((path) => pattern.test(path)) ?? '';
const FILES = {
  shard: found(/\/articles\/[0-9a-f]{2}\.json$/),
  notes: found(/\/annotations\/[0-9a-f]{2}\.json$/),
  library: '/library/library.json',
  journal: found(/\/journal\/.*\.log$/),
  text: found(/\/documents\/.*\.html$/),
  lock: '/library/lock',
  machine: '/user/machine-id',
  known: '/user/libraries.json',
};
type What = keyof typeof FILES;

const withFile = (path: string, bytes: Buffer): DiskState => {
  const state = whole.copy();
  // Who has forgotten the name of the machine is asked about the lock, and rightly.
  if (path === FILES.machine) state.folders.get(state.find('/library') ?? 0)?.delete('lock');
  const node = state.find(path);
  if (node === undefined) throw new Error(`no ${path}`);
  state.files.set(node, bytes);
  return state;
};

const bytesAt = (state: DiskState, path: string): Buffer | undefined => {
  const node = state.find(path);
  return node === undefined ? undefined : state.bytes(node);
};

const idsIn = (seen: string): string[] =>
  (JSON.parse(seen) as [string, unknown][][]).flatMap((table) => table.map(([id]) => id)).sort();

/** A library file cannot be done without: it is refused, the file is named, and nothing is changed. */
const refused = async (bytes: Buffer): Promise<string | undefined> => {
  const disk = new MemoryDisk({ state: withFile(FILES.library, bytes) });
  const before = JSON.stringify(disk.state.list().filter(([path]) => path !== FILES.lock));
  const result = await openLibrary({ ...placesIn('/'), create: true, mode: 'read-write', fs: disk.fs });
  if (result.ok) return 'it opened';
  if (!('file' in result.error) || result.error.file !== 'library.json') return JSON.stringify(result.error);
  const after = JSON.stringify(disk.state.list().filter(([path]) => path !== FILES.lock));
  return after === before ? undefined : 'something was changed';
};

/** Answers with what is wrong, undefined where the damage was told, the bytes kept, and all the rest is there. */
const faultOf = async (what: What, bytes: Buffer): Promise<string | undefined> => {
  if (what === 'library') return refused(bytes);
  const disk = new MemoryDisk({ state: withFile(FILES[what], bytes) });
  const { store, blobs } = await openOn(disk);
  const [hash = ''] = life.blobs.map((blob) => blob.hash);
  const text = await blobs.read('documents', hash);
  const seen = seenIn(store);
  await store.close();
  if ((text === undefined) !== (what === 'text')) return 'the wrong text is missing';
  if (what === 'text')
    return bytesAt(disk.state, FILES.text)?.equals(bytes) === true ? undefined : 'not kept';
  if (what !== 'shard' && what !== 'notes' && what !== 'journal')
    return seen === wholeSeen && store.damage.length === 0 ? undefined : 'a file aside changed what is seen';
  const had = idsIn(wholeSeen);
  if (idsIn(seen).some((id) => !had.includes(id))) return 'something came from nowhere';
  const [damage] = store.damage;
  if (damage === undefined) return what === 'journal' ? undefined : 'nothing was told';
  if (store.damage.some((each) => `/library/${each.file}` !== FILES[what])) return 'another file is blamed';
  return bytesAt(disk.state, `/library/${damage.keptAs}`)?.equals(bytes) === true ? undefined : 'not kept';
};

const safely = (what: What, bytes: Buffer): Promise<string | undefined> =>
  faultOf(what, bytes).catch((error: unknown) => `thrown: ${String(error)}`);

describe('a damaged file', () => {
  const whats = Object.keys(FILES) as What[];
  it.each(whats)(
    '(%s) is told and kept, and the rest opens',
    async (what) => {
      const kinds = damageKinds(
        bytesAt(whole, FILES[what]) ?? Buffer.alloc(0),
        what === 'notes' ? 'annotations' : 'articles',
      );
      expect(kinds.length).toBeGreaterThanOrEqual(40);
      const faults: Record<string, string> = {};
      for (const [name, bytes] of kinds) {
        if (bytes.equals(bytesAt(whole, FILES[what]) ?? bytes)) continue;
        const fault = await safely(what, bytes);
        if (fault !== undefined) faults[name] = fault;
      }
      expect(faults).toEqual({});
      tell('R7', `kinds of damage to ${FILES[what].replace(/[0-9a-f]{64}/, '…')}`, kinds.length);
    },
    120_000,
  );

  const suite = new URL('../../../../../shared/data/hostile/json-parsing.jsonl.gz', import.meta.url);
  it.skipIf(!existsSync(suite))(
    'of JSONTestSuite is told and kept',
    async () => {
      const cases = gunzipSync(readFileSync(suite))
        .toString('utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      const faults: Record<string, string> = {};
      for (const what of ['shard', 'notes', 'library', 'journal', 'known'] as const)
        for (const { name, base64 } of cases) {
          const fault = await safely(what, Buffer.from(base64, 'base64'));
          if (fault !== undefined) faults[`${what}: ${name}`] = fault;
        }
      expect(faults).toEqual({});
      tell('R7', 'JSONTestSuite cases in the place of each of five files', cases.length * 5);
    },
    120_000,
  );
});

describe('a file that is cut, or of which a bit is flipped', () => {
  it.each(['shard', 'notes', 'library', 'text'] as const)(
    '(%s) is always found out',
    async (what) => {
      const random = seeded(SEED);
      const bytes = bytesAt(whole, FILES[what]) ?? Buffer.alloc(0);
      const offsets = Array.from({ length: bytes.length }, (_, at) => at);
      const cuts = LONG ? offsets : sample(random, offsets, 60);
      const flips = LONG ? offsets : sample(random, offsets, 60);
      const faults: string[] = [];
      for (const at of cuts) {
        const fault = await safely(what, bytes.subarray(0, at));
        if (fault !== undefined) faults.push(`cut at ${at}: ${fault}`);
      }
      for (const at of flips) {
        const flipped = Buffer.from(bytes);
        flipped[at] = (flipped[at] ?? 0) ^ (1 << Math.floor(random() * 8));
        const fault = await safely(what, flipped);
        if (fault !== undefined) faults.push(`bit of ${at}: ${fault}`);
      }
      expect(faults.slice(0, 5)).toEqual([]);
      tell(
        'R2',
        `cuts and flipped bits of ${FILES[what].replace(/[0-9a-f]{64}/, '…')}`,
        cuts.length + flips.length,
      );
    },
    300_000,
  );
});
