import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLibrary } from '#core/storage/open';
import { countingFileSystem } from './counting';
import { libraryOf } from './library';
import { annotationOn } from './marks';
import { note, report } from './report';
import { timed } from './statistics';

const ARTICLES = 10_000;
/** Milliseconds between two saves of a note that is typed without a pause, as the page sends them. */
const BETWEEN = 600;
const SAVES = 100;
const KILOBYTE = 1024;

/** A note that grows for a minute, saved as the page saves it, and the library closed in mid-word. */
export const measureTyping = async (): Promise<void> => {
  const copy = await libraryOf(ARTICLES);
  const counting = countingFileSystem();
  const place = { path: copy.library, userData: copy.userData, create: false, mode: 'read-write' } as const;
  try {
    const opened = await openLibrary({ ...place, fs: counting.fs });
    if (!opened.ok) throw new Error(`the library did not open: ${opened.error.reason}`);
    const { store } = opened.value;
    const [first] = store.all('articles');
    const annotation = annotationOn(first!.value!, 0);
    const save = (words: number): Promise<unknown> => {
      const value = { ...annotation, note: 'compare '.repeat(words) };
      const writes = [{ table: 'annotations', id: value.id, value } as const];
      return store.write({ label: 'history.note', capture: 'merge', writes });
    };
    counting.take();
    for (let words = 1; words <= SAVES; words++) {
      await save(words);
      await sleep(BETWEEN);
    }
    void save(SAVES + 1);
    const closing = await timed(() => store.close());
    const { bytes, syncs, replaced } = counting.take();
    const shards = [...replaced].filter(([path]) => !basename(path).startsWith('lock'));
    note('a minute of typing: saves acknowledged', SAVES, 'saves');
    note('a minute of typing: written', bytes / KILOBYTE, 'kB');
    note('a minute of typing: fsync and fdatasync', syncs, 'calls');
    report('a minute of typing, writes of any one shard', Math.max(...shards.map(([, times]) => times)));
    report('a minute of typing, closing with the last word unsaved', closing);
  } finally {
    copy.remove();
  }
};
