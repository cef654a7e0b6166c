import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir, type } from 'node:os';
import { join } from 'node:path';
import { libraryOf } from './library';
import { annotationOn } from './marks';
import { note, report } from './report';
import { median, percentile, timed } from './statistics';
import { measureAnnotations } from './store-annotations';
import { type Engine, openLowdb, openOurs, openSqlite } from './store-engines';
import { measureTyping } from './store-typing';

const SIZES = [1_000, 10_000, 50_000] as const;
const ROUNDS = 10;
const IN_ROUND = 30;
/** Changes before the first that counts, of each but lowdb: code that has just been loaded runs slowly. */
const WARM_UP = 300;
/** Of lowdb, which writes the whole library each time. */
const LOWDB_IN_ROUND = 2;

interface Timed {
  readonly engine: Engine;
  readonly each: number[];
}

/**
 * Ours and SQLite take turns at every single change, so that both meet the same moods of the disk and of the other's
 * housekeeping; lowdb, whose pages would lie in the way of everybody's next sync, has its turn at the end of a round.
 */
const takeTurns = async (
  fast: readonly Timed[],
  slow: Timed,
  next: () => ReturnType<typeof annotationOn>,
) => {
  for (let count = 0; count < WARM_UP; count++) for (const { engine } of fast) await engine.add(next());
  for (const { engine } of fast) await engine.settle();
  for (let round = 0; round < ROUNDS; round++) {
    for (let count = 0; count < IN_ROUND; count++)
      for (const { engine, each } of fast) {
        const annotation = next();
        each.push(await timed(() => engine.add(annotation)));
      }
    for (const { engine } of fast) await engine.settle();
    for (let count = 0; count < LOWDB_IN_ROUND; count++) {
      const annotation = next();
      slow.each.push(await timed(() => slow.engine.add(annotation)));
    }
    await slow.engine.settle();
  }
};

const sizeName = (count: number): string => count.toLocaleString('en');

const changesAt = async (count: (typeof SIZES)[number], skipped: string): Promise<void> => {
  const copy = await libraryOf(count);
  const folder = mkdtempSync(join(tmpdir(), 'hepatica-bench-'));
  try {
    const { engine: ours, articles } = await openOurs(copy.library, copy.userData);
    const first = [ours, ...(skipped === '' ? [openSqlite(folder, articles)] : [])];
    const fast = first.map((engine): Timed => ({ engine, each: [] }));
    const slow: Timed = { engine: await openLowdb(folder, articles), each: [] };
    let made = 0;
    await takeTurns(fast, slow, () => {
      const index = made++;
      return annotationOn(articles[(index * 7919) % articles.length]!.value!, index);
    });
    for (const { engine, each } of [...fast, slow]) {
      const p95 = percentile(each, 0.95);
      note(`${sizeName(count)} articles, one change, ${engine.name}: median`, median(each), 'ms');
      note(`${sizeName(count)} articles, one change, ${engine.name}: p95`, p95, `ms (of ${each.length})`);
      await engine.close();
    }
    const [mine, sqlite] = fast.map((timedOne) => timedOne.each);
    if (mine === undefined || sqlite === undefined) return;
    const size = ({ 1000: '1,000', 10000: '10,000', 50000: '50,000' } as const)[count];
    report(`one change at ${size} articles, median over SQLite's`, median(mine) / median(sqlite));
    report(
      `one change at ${size} articles, p95 over SQLite's`,
      percentile(mine, 0.95) / percentile(sqlite, 0.95),
    );
  } finally {
    copy.remove();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** One acknowledged change beside the peers, at three sizes. */
const changes = async (): Promise<void> => {
  const skipped = process.env['BENCH_SQLITE_SKIPPED'] ?? '';
  if (skipped !== '') console.log(`skipped  SQLite: ${skipped}`);
  for (const count of SIZES) await changesAt(count, skipped);
};

const parts: Record<string, () => Promise<void>> = {
  changes,
  annotations: measureAnnotations,
  typing: measureTyping,
};
const [name = ''] = process.argv.slice(2);
console.log(`${name} (${type()}, ${cpus().length} cores, ${cpus()[0]?.model}, Node ${process.version})`);
await parts[name]?.();
