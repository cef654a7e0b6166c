import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LONG, SEED, tell } from '../../../test/fault-scenarios';
import { opened, placesIn, removeFolders, temporaryFolder } from '../../../test/storage-fixtures';
import { buildStorageChild, startStorageChild } from '../../../test/storage-process';
import type { DocumentStore } from '../types';
import { seeded } from './random';

/** Rounds on one library; then a fresh one, so that the start does not become what is timed. */
const ROUNDS = LONG ? 25 : 12;
const LIBRARIES = LONG ? 40 : 1;

let script = '';
beforeAll(async () => {
  script = await buildStorageChild(await temporaryFolder());
}, 60_000);
afterAll(removeFolders);

type Texts = readonly (readonly [id: string, text: string | null])[];

/** What a library must hold: what was acknowledged last, or in its place what was begun after that, as a whole. */
class Promised {
  readonly #acknowledged = new Map<string, string | null>();
  #begun: Texts[] = [];
  count = 0;

  /** Takes in what one process has printed before it was killed. */
  take(lines: readonly string[]): void {
    const begun = new Map<number, Texts>();
    for (const line of lines) {
      if (line[0] !== '?' && line[0] !== '!') continue;
      const [loop, texts]: [number, Texts] = JSON.parse(line.slice(1));
      if (line[0] === '?') begun.set(loop, texts);
      else {
        begun.delete(loop);
        this.count += 1;
        for (const [id, text] of texts) this.#acknowledged.set(id, text);
      }
    }
    this.#begun.push(...begun.values());
  }

  /** What is not as it was promised. */
  broken(store: DocumentStore): string[] {
    const held = new Map<string, string | null>();
    for (const { id, value } of store.all('articles')) held.set(id, value?.title ?? null);
    for (const { id, value } of store.all('annotations')) held.set(id, value?.note ?? null);
    const halves: string[] = [];
    for (const texts of this.#begun) {
      const taken = texts.filter(([id, text]) => held.has(id) && held.get(id) === text).length;
      if (taken === texts.length) for (const [id, text] of texts) this.#acknowledged.set(id, text);
      else if (texts.length > 1 && taken > 0) halves.push(`half of a transaction: ${JSON.stringify(texts)}`);
    }
    this.#begun = [];
    const lost = [...this.#acknowledged].filter(([id, text]) => !held.has(id) || held.get(id) !== text);
    const unknown = [...held.keys()].filter((id) => !this.#acknowledged.has(id));
    return [...halves, ...lost.map(([id]) => `lost: ${id}`), ...unknown.map((id) => `from nowhere: ${id}`)];
  }
}

describe('a process that is killed while it writes, edits and deletes', () => {
  it(`has lost nothing that it acknowledged, ${LIBRARIES * ROUNDS} times over`, async () => {
    const random = seeded(SEED);
    let acknowledged = 0;
    for (let library = 0; library < LIBRARIES; library++) {
      const base = await temporaryFolder();
      const promised = new Promised();
      for (let round = 0; round < ROUNDS; round++) {
        const child = startStorageChild(script, 'write', base);
        await child.first;
        await new Promise((resolve) => setTimeout(resolve, 5 + random() * 80));
        child.process.kill('SIGKILL');
        await child.ended;
        promised.take(child.lines);
      }
      const { store } = await opened(base);
      expect(promised.broken(store)).toEqual([]);
      expect(store.damage).toEqual([]);
      await store.close();
      const names = await readdir(placesIn(base).path, { recursive: true });
      expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([]);
      acknowledged += promised.count;
    }
    expect(acknowledged).toBeGreaterThan(20);
    tell('R4', `kills with SIGKILL; ${acknowledged} acknowledged writes, 0 lost`, LIBRARIES * ROUNDS);
  }, 1_200_000);
});
