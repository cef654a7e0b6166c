import { join } from 'node:path';
import { ensureFolder, replaceFile } from './atomic';
import { type FileSystem, namesIn, readIfThere, syncFolder } from './fs-port';

const FOLDER = 'quarantine';

const NAME = /^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d\.\d{3}Z)-(.+)$/;

/** What a name in the folder tells: which file it was, and when it was put away. */
export const keptAs = (name: string): { readonly file: string; readonly time?: string } => {
  const [, hour, minute, second, file] = NAME.exec(name) ?? [];
  if (file === undefined) return { file: name };
  return {
    file: file.replace(/^(articles|annotations|journal)_/, '$1/'),
    time: `${hour}:${minute}:${second}`,
  };
};

/** Keeps what cannot be read, byte for byte, under dated names that are never used twice. */
export class Quarantine {
  readonly #fs: FileSystem;
  readonly #folder: string;
  readonly #now: () => Date;

  constructor(fs: FileSystem, folder: string, now: () => Date) {
    this.#fs = fs;
    this.#folder = folder;
    this.#now = now;
  }

  /** Moves a file of the library; answers with its new path inside the library. */
  async move(file: string): Promise<string> {
    const name = await this.freeName(file);
    const from = join(this.#folder, file);
    await this.#fs.rename(from, join(this.#folder, name));
    await syncFolder(this.#fs, join(this.#folder, FOLDER));
    await syncFolder(this.#fs, join(from, '..'));
    return name;
  }

  /** Keeps a copy of a file that stays where it is. */
  async copy(file: string): Promise<string> {
    const name = await this.freeName(file);
    await this.write(name, await this.#fs.readFile(join(this.#folder, file)));
    return name;
  }

  private async write(name: string, bytes: Uint8Array): Promise<void> {
    await replaceFile(this.#fs, join(this.#folder, name), bytes);
  }

  /** The names in the folder. */
  async names(): Promise<string[]> {
    return (await namesIn(this.#fs, join(this.#folder, FOLDER))).filter((name) => !name.endsWith('.tmp'));
  }

  /** Where the last one of this file was put, as a path inside the library. */
  async latest(file: string): Promise<string | undefined> {
    const ofFile = (name: string): boolean => keptAs(name.replace(/-\d+$/, '')).file === file;
    const name = (await this.names()).findLast(ofFile);
    return name === undefined ? undefined : `${FOLDER}/${name}`;
  }

  /** The bytes under one of the `names`; undefined for any other name. */
  async read(name: string): Promise<Buffer | undefined> {
    if (!(await this.names()).includes(name)) return undefined;
    return readIfThere(this.#fs, join(this.#folder, FOLDER, name));
  }

  private async freeName(file: string): Promise<string> {
    await ensureFolder(this.#fs, join(this.#folder, FOLDER));
    const taken = new Set(await namesIn(this.#fs, join(this.#folder, FOLDER)));
    const stem = `${this.#now().toISOString().replaceAll(':', '-')}-${file.replaceAll(/[^0-9A-Za-z.-]/g, '_')}`;
    for (let count = 0; ; count++) {
      const name = count === 0 ? stem : `${stem}-${count}`;
      if (!taken.has(name)) return `${FOLDER}/${name}`;
    }
  }
}
