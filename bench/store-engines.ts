import { open, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { JSONFilePreset } from 'lowdb/node';
import { openLibrary } from '#core/storage/open';
import type { Stored } from '#core/storage/types';
import type { Annotation } from '#shared/model/annotation';

/** One way of keeping the same records. */
export interface Engine {
  readonly name: string;
  /** Resolves when it says that the annotation is kept. */
  add(annotation: Annotation): Promise<void>;
  /** Has what waits written out, so that it does not weigh on the others' figures. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

type Articles = readonly Stored<'articles'>[];

export const openOurs = async (
  path: string,
  userData: string,
): Promise<{ engine: Engine; articles: Articles }> => {
  const opened = await openLibrary({ path, userData, create: false, mode: 'read-write' });
  if (!opened.ok) throw new Error(`the library did not open: ${opened.error.reason}`);
  const { store } = opened.value;
  return {
    articles: [...store.all('articles')],
    engine: {
      name: 'Hepatica, journal and lowdb shards',
      add: async (value) => {
        const writes = [{ table: 'annotations', id: value.id, value } as const];
        await store.write({ label: 'history.highlight', capture: 'step', writes });
      },
      settle: () => store.flush(),
      close: () => store.close(),
    },
  };
};

/** lowdb as its manual says: one file, written as a whole, never synced. */
export const openLowdb = async (folder: string, articles: Articles): Promise<Engine> => {
  const path = join(folder, 'lowdb.json');
  const db = await JSONFilePreset<{ articles: Articles; annotations: Annotation[] }>(path, {
    articles,
    annotations: [],
  });
  await db.write();
  return {
    name: 'plain lowdb on one file, no fsync',
    add: (annotation) => db.update(({ annotations }) => annotations.push(annotation)),
    settle: async () => {
      const handle = await open(path, 'r');
      await handle.sync();
      await handle.close();
    },
    close: async () => {
      if ((await stat(path)).size === 0) throw new Error('lowdb wrote nothing');
    },
  };
};

interface Statement {
  run(...values: readonly string[]): unknown;
}
interface Database {
  pragma(text: string): unknown;
  exec(text: string): unknown;
  prepare(text: string): Statement;
  transaction(work: () => void): () => void;
  close(): void;
}

/** SQLite with a row for each record, an index on the article, and each commit synced. */
export const openSqlite = (folder: string, articles: Articles): Engine => {
  const peers = process.env['BENCH_PEERS'] ?? '';
  const Sqlite = createRequire(join(peers, 'package.json'))('better-sqlite3') as new (
    path: string,
  ) => Database;
  const db = new Sqlite(join(folder, 'sqlite.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE articles (id TEXT PRIMARY KEY, value TEXT NOT NULL)');
  db.exec('CREATE TABLE annotations (id TEXT PRIMARY KEY, article TEXT NOT NULL, value TEXT NOT NULL)');
  db.exec('CREATE INDEX by_article ON annotations (article)');
  const article = db.prepare('INSERT INTO articles VALUES (?, ?)');
  db.transaction(() => {
    for (const stored of articles) article.run(stored.id, JSON.stringify(stored));
  })();
  db.pragma('wal_checkpoint(TRUNCATE)');
  const annotation = db.prepare('INSERT INTO annotations VALUES (?, ?, ?)');
  return {
    name: 'SQLite, WAL, synchronous=FULL',
    add: async (value) => void annotation.run(value.id, value.articleId, JSON.stringify(value)),
    settle: async () => void db.pragma('wal_checkpoint(PASSIVE)'),
    close: async () => db.close(),
  };
};
