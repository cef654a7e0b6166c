import { openLibrary } from '#core/storage/open';
import type { Write } from '#core/storage/types';
import { randomId } from '#shared/lib/ids';
import { annotationWrite, articleWrite, opened, placesIn, write } from './storage-fixtures';

/**
 * A process of its own for tests of storage, built by `buildStorageChild`. `write`: writes, edits and deletes until it
 * is killed, and prints each transaction as `[loop, [[id, text or null], …]]`, after a `?` when it is begun and after
 * a `!` when it has been acknowledged. `hold`: opens the library, prints the outcome, and closes it when its input ends.
 */
const say = (line: string): boolean => process.stdout.write(`${line}\n`);

type Made = { readonly id: string; readonly table: 'articles' | 'annotations' };

const writeOf = ({ id, table }: Made, text: string | null): Write => {
  if (text === null) return { table, id, value: null } as Write;
  return table === 'articles' ? articleWrite(text, id) : annotationWrite(text, id);
};

const keepWriting = async (base: string): Promise<void> => {
  const { store } = await opened(base, { checkpointDelay: 20 });
  say('ready');
  const loop = async (_: unknown, number: number): Promise<void> => {
    const made: Made[] = [];
    for (let count = 0; ; count++) {
      const act = Math.random();
      const fresh = Array.from({ length: act < 0.1 ? 8 : 1 }, (): Made => {
        return { id: randomId(), table: Math.random() < 0.5 ? 'articles' : 'annotations' };
      });
      const old = made[Math.floor(Math.random() * made.length)];
      const touched = act > 0.6 && old !== undefined ? [old] : fresh;
      const text = touched[0] === old && act > 0.9 ? null : `text ${count}`;
      const line = JSON.stringify([number, touched.map(({ id }) => [id, text])]);
      say(`?${line}`);
      await write(store, ...touched.map((each) => writeOf(each, text)));
      say(`!${line}`);
      if (touched === fresh) made.push(...fresh);
    }
  };
  await Promise.all([1, 2, 3].map(loop));
};

const hold = async (base: string): Promise<void> => {
  const result = await openLibrary({ ...placesIn(base), create: false, mode: 'read-write' });
  say(result.ok ? 'opened' : result.error.reason);
  if (!result.ok) return;
  process.stdin.resume();
  await new Promise((resolve) => process.stdin.once('end', resolve));
  await write(result.value.store, articleWrite('held')).then(
    () => say('wrote'),
    (error: unknown) => say(String(error)),
  );
  await result.value.store.close();
};

const [, , mode, base = ''] = process.argv;
await (mode === 'write' ? keepWriting(base) : hold(base));
