import { type DiskState, ROOT } from '#core/storage/faults/disk-state';
import { MemoryDisk, type MemoryDiskOptions } from '#core/storage/faults/memory-disk';
import type { LostState } from '#core/storage/faults/power-loss';
import { type OpenedLibrary, openLibrary } from '#core/storage/open';
import { fileOf } from '#core/storage/shard-set';
import type { DocumentStore, StorageDamage, Write } from '#core/storage/types';
import { annotationWrite, articleWrite, placesIn } from './storage-fixtures';

/** The long form is run by `npm run test:faults`; the seed makes a run repeatable. */
export const LONG = process.env['HEPATICA_FAULTS'] === 'long';
export const SEED = Number(process.env['HEPATICA_FAULTS_SEED'] ?? 1);

/** Says how many of the cases of a goal held. */
export const tell = (goal: string, what: string, held: number, of: number = held): void =>
  console.log(`${goal}  ${held.toLocaleString('en')}/${of.toLocaleString('en')}  ${what}`);

/** Everything that a reader of the store can see, in one order. */
export const seenIn = (store: DocumentStore): string =>
  JSON.stringify(
    (['articles', 'annotations', 'collections', 'settings'] as const).map((table) =>
      [...store.all(table)].sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ id, value }) => [id, value]),
    ),
  );

const collectionWrite = (name: string): Write =>
  ({ table: 'collections', id: name, value: { id: name, name, order: 'a0' } }) as Write;
const trashed = (write: Write): Write => ({ ...write, trash: true });
const gone = (write: Write): Write => ({ ...write, value: null }) as Write;
const [article, second] = [articleWrite('one', 'article1'), articleWrite('two', 'article2')];
const note = annotationWrite('a note', 'note1');
const bulk = Array.from({ length: 12 }, (_, index) =>
  index % 2 === 0 ? articleWrite(`bulk ${index}`, `bulk${index}`) : annotationWrite('bulk', `bulk${index}`),
);

/** A transaction, bytes for a blob, or the writing of the shards. */
export type Step = readonly Write[] | Buffer | 'checkpoint';

/** What a reader does, from the first start on. */
export const SCENARIOS = {
  'first run': [[article]],
  'add, edit, delete': [
    [article, second],
    [note, collectionWrite('c1')],
    'checkpoint',
    Buffer.from('<p>a reading text</p>'),
    [articleWrite('one, edited', article.id)],
    [trashed(second)],
    'checkpoint',
    [gone(note)],
  ],
  bulk: [[article, note], 'checkpoint', bulk, 'checkpoint', bulk.map(trashed), bulk.map(gone)],
} satisfies Record<string, readonly Step[]>;

/** What a reader may do in a long session: the same for the same seed. */
export const randomSteps = (random: () => number, count: number): readonly Step[] =>
  Array.from({ length: count }, (_, index): Step => {
    const ids = Array.from({ length: 1 + Math.floor(random() * 3) }, () => Math.floor(random() * 12));
    const writes = [...new Set(ids)].map((id) =>
      id % 2 === 0 ? articleWrite(`title ${index}`, `r${id}`) : annotationWrite(`note ${index}`, `r${id}`),
    );
    const act = random();
    if (act < 0.1) return 'checkpoint';
    if (act < 0.15) return Buffer.from(`<p>text ${index}</p>`);
    return act < 0.25 ? writes.map(gone) : act < 0.35 ? writes.map(trashed) : writes;
  });

/** What could be seen from when a transaction was begun, and since when it is acknowledged; in operations. */
interface Point {
  readonly begun: number;
  acknowledged: number;
  readonly seen: string;
}

/** A life on a disk in memory, with what was acknowledged when. */
export interface Life {
  readonly disk: MemoryDisk;
  readonly points: readonly Point[];
  readonly blobs: readonly { readonly hash: string; readonly acknowledged: number }[];
}

export const openOn = async (disk: MemoryDisk): Promise<OpenedLibrary> => {
  const options = { ...placesIn('/'), create: false, mode: 'read-write', fs: disk.fs } as const;
  const result = await openLibrary({ ...options, checkpointDelay: 60_000 });
  if (!result.ok) throw new Error(`the library did not open: ${JSON.stringify(result.error)}`);
  return result.value;
};

/** Lives through the steps, then closes the library, or leaves it as it is for `stop: 'killed'`. */
export const live = async (
  steps: readonly Step[],
  options: MemoryDiskOptions = {},
  end: 'closed' | 'killed' = 'closed',
): Promise<Life> => {
  const disk = new MemoryDisk(options);
  const done = (): number => disk.operations.length;
  const { store, blobs } = await openOn(disk);
  const points: Point[] = [{ begun: 0, acknowledged: 0, seen: seenIn(store) }];
  const kept: { hash: string; acknowledged: number }[] = [];
  for (const step of steps) {
    if (step === 'checkpoint') await store.flush();
    else if (Buffer.isBuffer(step))
      kept.push({ hash: await blobs.put('documents', 'html', step), acknowledged: done() });
    else {
      const begun = done();
      const saving = store.write({ label: 'history.test', capture: 'step', writes: step });
      const point = { begun, acknowledged: Number.POSITIVE_INFINITY, seen: seenIn(store) };
      points.push(point);
      await saving;
      point.acknowledged = done();
    }
  }
  if (end === 'closed') await store.close();
  return { disk, points, blobs: kept };
};

/** Above the highest pid that Linux gives. */
const NOBODY = 2 ** 22 + 7;

/** The state after the process has ended: its lock and its temporary files name a pid that nobody has. */
export const withoutProcess = (state: DiskState): DiskState => {
  const after = state.copy();
  for (const names of after.folders.values())
    for (const [name, node] of [...names]) {
      names.delete(name);
      names.set(name.replace(`.${process.pid}-`, `.${NOBODY}-`), node);
    }
  const library = after.folders.get(after.find('/library') ?? ROOT);
  const lock = library?.get('lock');
  if (lock === undefined) return after;
  const text = after.bytes(lock).toString('latin1');
  after.files.set(lock, Buffer.from(text.replace(/"pid":\d+/, `"pid":${NOBODY}`), 'latin1'));
  return after;
};

const isTemporary = (path: string): boolean => path.endsWith('.tmp');

/** A library that was killed with changes in its journal, a shard that was damaged, and a temporary file. */
export const afterACrash = async (): Promise<{ readonly state: DiskState; readonly damaged: string }> => {
  const { disk } = await live(SCENARIOS['add, edit, delete']);
  const { disk: later } = await live(
    [bulk, [articleWrite('one, again', article.id)]],
    { state: disk.state },
    'killed',
  );
  const state = withoutProcess(later.state);
  const damaged = fileOf('annotations', note.id);
  const node = state.find(`/library/${damaged}`);
  if (node === undefined) throw new Error('there is no shard to damage');
  state.files.set(node, Buffer.from('null'));
  state.put(`/library/articles/.00.json.${NOBODY}-0123456789abcdef.tmp`, Buffer.from('{"format"'));
  return { state, damaged };
};

/** Opens what a crash has left; answers with what is wrong with it, or undefined where it is as it was promised. */
export const faultOf = async (
  life: Life,
  { after, how, state }: LostState,
  isExpected: (damage: StorageDamage) => boolean,
): Promise<string | undefined> => {
  const wrong = (what: string): string => `after operation ${after} (${how}): ${what}`;
  const disk = new MemoryDisk({ state: withoutProcess(state) });
  try {
    const { store, blobs } = await openOn(disk);
    const seen = seenIn(store);
    const damage = store.damage.filter((each) => !isExpected(each));
    const first = life.points.findLastIndex((point) => point.acknowledged <= after);
    const last = life.points.findLastIndex((point) => point.begun <= after);
    const allowed = life.points.slice(first, last + 1).some((point) => point.seen === seen);
    for (const { hash, acknowledged } of life.blobs)
      if (acknowledged <= after && (await blobs.read('documents', hash)) === undefined)
        return wrong('a text that was saved has gone');
    await store.close();
    if (!allowed) return wrong(`neither old nor new: ${seen.slice(0, 300)}`);
    if (damage.length > 0) return wrong(`damage: ${JSON.stringify(damage)}`);
    const again = await openOn(new MemoryDisk({ state: disk.state }));
    const [seenAgain, damageAgain] = [seenIn(again.store), again.store.damage];
    await again.store.close();
    if (seenAgain !== seen) return wrong('another start sees something else');
    if (damageAgain.length > 0) return wrong(`damage at the next start: ${JSON.stringify(damageAgain)}`);
    const left = disk.state.list().filter(([path]) => isTemporary(path));
    return left.length > 0 ? wrong(`left: ${left.map(([path]) => path).join(', ')}`) : undefined;
  } catch (error) {
    return wrong(String(error));
  }
};
