import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { defaultUserData, here } from './folders.mjs';
import { ensureInstalled } from './install.mjs';
import { root } from './root.mjs';

/** @param {string} line */
const warn = (line) => console.error(line);

/** @param {string} question @returns {Promise<boolean>} */
const ask = async (question) => {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await reader.question(`${question} `)).trim());
  } finally {
    reader.close();
  }
};

/**
 * `npx hepatica`: checks and exports libraries, by the same compiled services as the app.
 * @param {readonly string[]} argv without node and script
 * @returns {Promise<number>} exit code: 0 fine, 1 something was found, 2 it could not be done
 */
export const commandLine = async (argv) => {
  const built = join(root, 'out', 'main', 'cli.js');
  // A build that is there will do, as old as the app's own: who looks after a library is not to wait for a new one.
  if (!existsSync(built) && !((await ensureInstalled(root, warn)) && (await ensureBuilt(root, warn))))
    return 2;
  const { runCommandLine } = await import(pathToFileURL(built).href);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return runCommandLine(argv, {
    write: (/** @type {string} */ line) => console.log(line),
    warn,
    ...(process.stdin.isTTY ? { ask } : {}),
    userData: defaultUserData(here),
    language: Intl.DateTimeFormat().resolvedOptions().locale,
    version,
  });
};
