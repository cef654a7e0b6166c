import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './processes.mjs';
import { at } from './root.mjs';

/**
 * Finds Electron's program without loading the package, which would start a download.
 * @param {{ env: Record<string, string | undefined>, packageFolder: string, platform: NodeJS.Platform }} where
 * @returns {string | undefined}
 */
export const findElectron = ({ env, packageFolder, platform }) => {
  const candidates = [env['ELECTRON_EXEC_PATH']];
  const named = join(packageFolder, 'path.txt');
  const program = existsSync(named)
    ? readFileSync(named, 'utf8').trim()
    : platform === 'win32'
      ? 'electron.exe'
      : platform === 'darwin'
        ? 'Electron.app/Contents/MacOS/Electron'
        : 'electron';
  const override = env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override !== undefined) candidates.push(join(override, program));
  if (existsSync(named)) candidates.push(join(packageFolder, 'dist', program));
  return candidates.find((path) => path !== undefined && existsSync(path));
};

const here = () =>
  findElectron({
    env: process.env,
    packageFolder: at('node_modules', 'electron'),
    platform: process.platform,
  });

/** A download that failed is not tried at every start. */
const FAILURE = at('.cache', 'electron-download-failed');
const TRY_AGAIN_MS = 24 * 3600 * 1000;
const DOWNLOAD_MS = 180_000;

const failedLately = () => existsSync(FAILURE) && Date.now() - statSync(FAILURE).mtimeMs < TRY_AGAIN_MS;

/**
 * The path of Electron's program, fetched with the package's own installer if need be; or why there is none.
 * @returns {Promise<{ path: string } | { reason: string }>}
 */
export const ensureElectron = async () => {
  const found = here();
  if (found !== undefined) return { path: found };
  if (failedLately())
    return { reason: 'its download failed less than a day ago; remove .cache to try again' };
  console.log('Fetching the Electron runtime (once)…');
  const installer = at('node_modules', 'electron', 'install.js');
  const { code } = await run(process.execPath, [installer], { quiet: true, timeout: DOWNLOAD_MS });
  const fetched = here();
  if (code === 0 && fetched !== undefined) return { path: fetched };
  mkdirSync(dirname(FAILURE), { recursive: true });
  writeFileSync(FAILURE, '');
  return { reason: 'its download failed' };
};
