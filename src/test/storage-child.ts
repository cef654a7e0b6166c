import { openLibrary } from '#core/storage/open';
import { randomId } from '#shared/lib/ids';
import { annotationWrite, articleWrite, opened, placesIn, write } from './storage-fixtures';

/**
 * A process of its own for tests of storage, built by `buildStorageChild`. `write`: writes until it is killed and
 * prints each id when its write has been acknowledged. `hold`: opens the library, prints the outcome, and closes
 * it when its input ends.
 */
const say = (line: string): boolean => process.stdout.write(`${line}\n`);

const keepWriting = async (base: string): Promise<void> => {
  const { store } = await opened(base, { checkpointDelay: 20 });
  say('ready');
  const one = async (): Promise<void> => {
    for (;;) {
      const id = randomId();
      await write(store, Math.random() < 0.5 ? articleWrite('killed', id) : annotationWrite('killed', id));
      say(id);
    }
  };
  await Promise.all([one(), one(), one()]);
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
