/** `npm test`: every check there is, on a fresh clone too. One line at the end counts them all. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { isNodeNewEnough } from './lib/arguments.mjs';
import { ensureChineseFont, ensureChromium } from './lib/chromium.mjs';
import { ensureElectron } from './lib/electron.mjs';
import { run } from './lib/processes.mjs';
import { at } from './lib/root.mjs';
import { ensureBuilt, ensureInstalled } from './lib/setup.mjs';
import { fromPlaywright, fromVitest, lineOf, sum } from './lib/tally.mjs';

const REPORTS = at('.cache', 'reports');

/** @type {import('./lib/tally.mjs').Tally[]} */
const tallies = [];

/** @param {string} name @param {() => Promise<import('./lib/tally.mjs').Tally>} work */
const step = async (name, work) => {
  console.log(`\n— ${name}`);
  const start = Date.now();
  const tally = await work();
  tallies.push(tally);
  console.log(`  ${name}: ${lineOf(tally)} in ${((Date.now() - start) / 1000).toFixed(1)} s`);
};

/** A check that passes or fails as a whole. @param {string[]} words */
const check = async (...words) => {
  const { code } = await run(process.execPath, words);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
};

/** @param {...string} parts */
const bin = (...parts) => at('node_modules', ...parts);

/**
 * Runs a test runner and counts from its report; one that wrote none has failed.
 * @template R
 * @param {string} report
 * @param {string[]} words
 * @param {Record<string, string>} env
 * @param {(report: R) => import('./lib/tally.mjs').Tally} count
 */
const counted = async (report, words, env, count) => {
  rmSync(report, { force: true });
  const { code } = await run(process.execPath, words, { env });
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const tally = count(JSON.parse(readFileSync(report, 'utf8')));
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
};

const unitTests = () => {
  const report = at('.cache', 'reports', 'unit.json');
  const words = [
    bin('vitest', 'vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  return counted(report, words, {}, fromVitest);
};

/** @param {'browser' | 'electron'} project @param {Record<string, string>} env */
const journeys = (project, env) => {
  const report = at('.cache', 'reports', `${project}.json`);
  const words = [
    bin('@playwright', 'test', 'cli.js'),
    'test',
    `--project=${project}`,
    '--reporter=list,json',
  ];
  return counted(report, words, { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report }, fromPlaywright);
};

/** How many journeys there are for a project, without running them. @param {string} project */
const countJourneys = async (project) => {
  const words = [bin('@playwright', 'test', 'cli.js'), 'test', `--project=${project}`, '--list'];
  const { output } = await run(process.execPath, words, { quiet: true });
  return Number(/Total: (\d+) tests?/.exec(output)?.[1] ?? 0);
};

/** @param {'browser' | 'electron'} project @param {string} reason */
const skipped = async (project, reason) => {
  const count = await countJourneys(project);
  console.log(`  skipped ${count} journeys (${project}): ${reason}`);
  return { passed: 0, failed: 0, skipped: count };
};

const browserJourneys = async () => {
  await ensureChineseFont();
  const chromium = await ensureChromium();
  if ('reason' in chromium) {
    console.log(`  no Chromium for the journeys: ${chromium.reason}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  console.log(`  Chromium (${chromium.how}): ${chromium.path}`);
  return journeys('browser', { HEPATICA_CHROMIUM: chromium.path });
};

const electronJourneys = async () => {
  const electron = await ensureElectron();
  if ('reason' in electron) return skipped('electron', `no Electron runtime: ${electron.reason}`);
  const noDisplay =
    process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'];
  if (noDisplay) return skipped('electron', 'there is no display; run under xvfb-run');
  console.log(`  Electron: ${electron.path}`);
  return journeys('electron', { HEPATICA_ELECTRON: electron.path });
};

const build = async () => {
  await ensureBuilt();
  return { passed: 1, failed: 0, skipped: 0 };
};

const main = async () => {
  if (!isNodeNewEnough(process.versions.node))
    throw new Error(`Hepatica needs Node 20.19 or newer; this is ${process.versions.node}.`);
  await ensureInstalled();
  mkdirSync(REPORTS, { recursive: true });
  await step('format and lint', () => check(bin('@biomejs', 'biome', 'bin', 'biome'), 'check', '.'));
  await step('types', () => check(bin('typescript', 'bin', 'tsc'), '-b'));
  await step('imports', () => check(at('scripts', 'check-imports.mjs')));
  await step('unit tests and RPC conformance', unitTests);
  await step('build', build);
  await step('journeys in the browser host', browserJourneys);
  await step('journeys in Electron', electronJourneys);
};

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  tallies.push({ passed: 0, failed: 1, skipped: 0 });
}
const total = sum(tallies);
console.log(`\n${lineOf(total)}`);
process.exitCode = total.failed === 0 ? 0 : 1;
