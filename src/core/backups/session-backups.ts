import type { BackupChanges, BackupState } from '#shared/contract/backups';
import { type Disposable, disposeAll, toDisposable } from '#shared/lib/disposable';
import { Emitter, type Event } from '#shared/lib/event';
import type { BackupReason } from '#shared/model/backup';
import { ProblemError, problem } from '#shared/model/problem';
import type { AbortSignalLike } from '#shared/rpc/contract';
import type { Log } from '../lib/log';
import type { KeptManifest } from '../storage/backup/manifest';
import { allOf, type Places, placesOf } from '../storage/backup/places';
import { planRestore } from '../storage/backup/plan';
import { readBackup } from '../storage/backup/read-backup';
import { type Restored, restoreBackup, takeInto } from '../storage/backup/restore-backup';
import { dayOf } from '../storage/backup/retention';
import { type Place, SuspectData, takeBackup } from '../storage/backup/take';
import { type FileSystem, nodeFileSystem } from '../storage/fs-port';
import { causeOf } from '../storage/not-saved';
import type { BlobStore, DocumentStore } from '../storage/types';

const AFTER_CHANGE_MS = 60_000;
const HOUR_MS = 3_600_000;

export interface SessionBackupsOptions {
  readonly store: DocumentStore;
  readonly blobs: BlobStore;
  /** See `OpenedLibrary`. */
  readonly acceptMissing: () => void;
  /** The library folder. */
  readonly path: string;
  readonly userData: string;
  readonly log: Log;
  readonly fs?: FileSystem;
  readonly now?: () => Date;
  /** Milliseconds from the start, or the first change of a day, to that day's backup. */
  readonly delay?: number;
}

/** How to watch a long work and to end it. */
export interface Watching {
  readonly signal?: AbortSignalLike;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Backups of one open library: one on each day on which it changes, and those that are asked for. */
export class SessionBackups {
  readonly #options: SessionBackupsOptions;
  readonly #fs: FileSystem;
  readonly #now: () => Date;
  readonly #changed = new Emitter<void>();
  readonly #places: Places;
  readonly #watching: Disposable;
  readonly #stopped = { aborted: false, addEventListener: () => {}, removeEventListener: () => {} };
  #state: BackupState = { state: 'fine', causes: [] };
  /** What was damaged when the library was opened has been made good since. */
  #isRestored = false;
  #timer: NodeJS.Timeout | undefined;
  /** The day on which nothing is left to do. */
  #doneOn = '';
  /** Only one backup or restore is under way at a time. */
  #queue: Promise<unknown> = Promise.resolve();

  /** A backup was taken, or could not be. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(options: SessionBackupsOptions) {
    const { store, path, userData, fs = nodeFileSystem, now = () => new Date() } = options;
    this.#options = options;
    this.#fs = fs;
    this.#now = now;
    const { libraryId } = store;
    this.#places = placesOf({ fs, path, userData, libraryId, isWritable: () => !store.readOnly });
    if (store.readOnly) {
      this.#watching = disposeAll([]);
      return;
    }
    const hourly = setInterval(() => this.#schedule(0), HOUR_MS).unref();
    this.#watching = disposeAll([
      store.onDidCommit(() => {
        if (this.#doneOn !== dayOf(now().toISOString())) this.#schedule();
      }),
      toDisposable(() => clearInterval(hourly)),
    ]);
    this.#schedule();
  }

  get state(): BackupState {
    return this.#state;
  }

  /** Takes one now. Rejects as `takeBackup` does. */
  take(reason: BackupReason, watching: Watching = {}): Promise<KeptManifest> {
    return this.#inTurn(async () => {
      const { taken, failures } = await takeInto(this.#writing(), this.#takeOptions(reason, watching));
      const [first] = taken;
      if (first === undefined) throw failures[0];
      this.#tell(failures.length === 0 ? { state: 'fine', causes: [] } : failed(failures));
      return first;
    });
  }

  /** What restoring a backup would change; nothing is written. */
  async preview(manifest: KeptManifest, watching: Watching = {}): Promise<BackupChanges> {
    const records = await readBackup(manifest, { folders: this.#reading(), ...watching });
    return planRestore(records, this.#options.store).changes;
  }

  /** See `restoreBackup`. */
  restore(manifest: KeptManifest, watching: Watching = {}): Promise<Restored> {
    if (this.#options.store.readOnly) throw problem('read-only', 'the library is open for reading only');
    return this.#inTurn(async () => {
      const { store, blobs, acceptMissing } = this.#options;
      const [places, folders] = [this.#writing(), this.#reading()];
      const options = {
        ...this.#takeOptions('before-restore', watching),
        store,
        blobs,
        acceptMissing,
        places,
        folders,
        now: this.#now,
      };
      const restored = await restoreBackup(manifest, options);
      this.#isRestored = true;
      this.#tell({ state: 'fine', causes: [] });
      return restored;
    });
  }

  /** Takes what is due for each place, as the clock of the session does. Never rejects. */
  takeDaily(): Promise<void> {
    return this.#inTurn(async () => {
      const failures: unknown[] = [];
      let taken = 0;
      for (const place of this.#writing()) {
        try {
          if (!(await this.#isDue(place))) continue;
          await takeBackup(this.#takeOptions('daily', { signal: this.#stopped }), place);
          taken += 1;
        } catch (error) {
          failures.push(error);
        }
      }
      if (this.#stopped.aborted) return;
      for (const error of failures) this.#options.log.warn('no daily backup', { error });
      if (failures.every((error) => error instanceof SuspectData))
        this.#doneOn = dayOf(this.#now().toISOString());
      if (failures.length > 0) this.#tell(failed(failures));
      else if (taken > 0) this.#tell({ state: 'fine', causes: [] });
    });
  }

  /** Ends what is under way, and takes no more. */
  async stop(): Promise<void> {
    this.#stopped.aborted = true;
    clearTimeout(this.#timer);
    this.#watching.dispose();
    await this.#queue;
  }

  /** What was there this day already, or holds all that the library does, need not be taken again. */
  async #isDue({ folder }: Place): Promise<boolean> {
    const { manifests } = await folder.list();
    const today = dayOf(this.#now().toISOString());
    const isToday = manifests.some(({ reason, time }) => reason === 'daily' && dayOf(time) === today);
    return !isToday && manifests[0]?.seq !== this.#options.store.seq;
  }

  #takeOptions(reason: BackupReason, watching: Watching) {
    const { store, path } = this.#options;
    const damage = this.#isRestored ? [] : store.damage;
    return { fs: this.#fs, path, store, damage, reason, now: this.#now(), ...watching };
  }

  #reading() {
    return allOf(this.#places).map(({ folder }) => folder);
  }

  #writing(): readonly Place[] {
    const isWanted = this.#options.store.get('settings', 'settings')?.value?.secondCopy !== false;
    return isWanted ? allOf(this.#places) : [this.#places.inside];
  }

  #schedule(delay = this.#options.delay ?? AFTER_CHANGE_MS): void {
    if (this.#timer !== undefined || this.#stopped.aborted) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.takeDaily();
    }, delay).unref();
  }

  #tell(state: BackupState): void {
    this.#state = state;
    this.#changed.fire();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work);
    this.#queue = turn.catch(() => undefined); // whoever asked is told; the next in turn starts afresh
    return turn;
  }
}

const failed = (failures: readonly unknown[]): BackupState => {
  const suspect = failures.flatMap((error) => (error instanceof SuspectData ? error.suspect : []));
  if (suspect.length > 0) return { state: 'suspect', causes: [...new Set(suspect)].slice(0, 20) };
  const cause = (error: unknown): string =>
    error instanceof ProblemError ? (error.problem.detail ?? error.problem.message) : causeOf(error);
  return { state: 'failed', causes: [...new Set(failures.map(cause))] };
};
