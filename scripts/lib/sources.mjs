import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { importProblems, isTest } from './import-rules.mjs';

const MOST_LINES = 400;
const MOST_LINES_OF_A_COMPONENT = 300;

/**
 * Source files below a folder.
 * @param {string} root the repository
 * @param {string} folder
 * @returns {{ file: string, source: string }[]} paths from the repository, with `/`
 */
const sourcesIn = (root, folder) => {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(tsx?|mts|mjs|js|css)$/.test(path) && !path.split(sep).includes('node_modules'))
    .sort()
    .map((path) => join(root, folder, path))
    .map((path) => ({
      file: relative(root, path).split(sep).join('/'),
      source: readFileSync(path, 'utf8'),
    }));
};

/** @param {string} source */
const linesOf = (source) => source.split('\n').length - (source.endsWith('\n') ? 1 : 0);

/**
 * The value below which a share of the sorted values lies (nearest rank).
 * @param {readonly number[]} sorted
 * @param {number} share 0 to 1
 */
export const percentile = (sorted, share) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;

/**
 * Checks the direction of all imports below `src`, and how long all files are.
 * @param {string} root the repository
 * @returns {{ problems: string[], lengths: { file: string, lines: number }[] }} the lengths of the product's own
 *   files, shortest first
 */
export const checkSources = (root) => {
  /** @type {{ imports?: Record<string, string> }} */
  const { imports = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const product = sourcesIn(root, 'src');
  const problems = product
    .filter(({ file }) => !file.endsWith('.css'))
    .flatMap(({ file, source }) => importProblems(file, source, imports));
  for (const { file, source } of [
    ...product,
    ...['e2e', 'bench', 'scripts'].flatMap((each) => sourcesIn(root, each)),
  ]) {
    const most = file.endsWith('.tsx') ? MOST_LINES_OF_A_COMPONENT : MOST_LINES;
    const lines = linesOf(source);
    if (lines > most) problems.push(`${file}: ${lines} lines, and ${most} at most: split it by what it does`);
  }
  const lengths = product
    .filter(({ file }) => !isTest(file) && !file.endsWith('.css'))
    .map(({ file, source }) => ({ file, lines: linesOf(source) }))
    .sort((a, b) => a.lines - b.lines);
  return { problems, lengths };
};
