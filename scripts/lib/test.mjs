import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { readTestArguments } from './arguments.mjs';
import { build } from './build.mjs';
import { hasDisplay } from './chromium.mjs';
import { ensureElectron } from './electron.mjs';
import { ensureInstalled } from './install.mjs';
import './interruption.mjs';
import { binOf, run } from './processes.mjs';
import { root } from './root.mjs';
import { FAILED, fromCheck, fromPlaywright, fromReport, fromVitest, lineOf, NOTHING, sum } from './tally.mjs';
import { ensureChineseFont, ensureTestBrowser } from './test-browser.mjs';

/** @typedef {import('./tally.mjs').Tally} Tally */

/** A step that takes longer hangs: it is ended and has failed, in milliseconds. All of them together take minutes. */
const CHECK_LIMIT = 120_000;
const UNIT_LIMIT = 600_000;
const JOURNEYS_LIMIT = 900_000;

/** @param {string} line */
const say = (line) => console.log(line);

/**
 * Runs a step and says how it went and how long it took. Nothing that goes wrong in it stops the ones after it.
 * @param {string} name
 * @param {() => Promise<Tally>} work
 */
const step = async (name, work) => {
  say(`\n== ${name}`);
  const began = Date.now();
  /** @type {Tally} */
  let tally;
  try {
    tally = await work();
  } catch (error) {
    console.error(error);
    tally = FAILED;
  }
  say(`== ${name}: ${lineOf(tally)} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  return tally;
};

/**
 * A check that passes or fails as a whole.
 * @param {...string} argv
 */
const check = async (...argv) =>
  fromCheck((await run(process.execPath, argv, { cwd: root, limit: CHECK_LIMIT })).ok);

/**
 * Runs tests and counts them by the report that they leave.
 * @template Report
 * @param {string} name of the report
 * @param {[string, ...string[]]} command
 * @param {{ limit: number, env: (report: string) => Record<string, string>, count: (report: Report) => Tally }} options
 */
const counted = async (name, [program, ...argv], { limit, env, count }) => {
  const report = join(root, '.cache', 'reports', `${name}.json`);
  mkdirSync(dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const { ok, timedOut } = await run(program, argv, { cwd: root, limit, env: env(report) });
  if (timedOut) say(`  ended after ${limit / 60_000} minutes`);
  return fromReport(ok, existsSync(report) ? count(JSON.parse(readFileSync(report, 'utf8'))) : undefined);
};

const unitTests = () =>
  counted(
    'unit',
    [
      process.execPath,
      binOf(root, 'vitest', 'vitest'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${join(root, '.cache', 'reports', 'unit.json')}`,
    ],
    { limit: UNIT_LIMIT, env: () => ({}), count: fromVitest },
  );

/** @param {...string} argv @returns {[string, ...string[]]} */
const playwright = (...argv) => [
  process.execPath,
  binOf(root, '@playwright/test', 'playwright'),
  'test',
  ...argv,
];

/** A display of its own for a machine without one, where that can be had. @returns {string | undefined} */
const virtualDisplay = () =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'xvfb-run'))
    .find((path) => process.platform === 'linux' && existsSync(path));

/**
 * @param {'browser' | 'electron'} project
 * @param {Record<string, string>} env
 */
const journeys = (project, env) => {
  const command = playwright(`--project=${project}`, '--reporter=list,json');
  const display = hasDisplay() ? undefined : virtualDisplay();
  return counted(project, display === undefined ? command : [display, '--auto-servernum', ...command], {
    limit: JOURNEYS_LIMIT,
    env: (report) => ({ ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report }),
    count: fromPlaywright,
  });
};

/**
 * Counts the journeys that are not run, and says why they are not.
 * @param {'browser' | 'electron'} project
 * @param {string} reason
 * @returns {Promise<Tally>}
 */
const skipJourneys = async (project, reason) => {
  const [program, ...argv] = playwright(`--project=${project}`, '--list');
  const { output } = await run(program, argv, { cwd: root, quiet: true, limit: CHECK_LIMIT });
  const skipped = Number(/Total: (\d+) test/.exec(output)?.[1] ?? 0);
  say(`  ${skipped} journeys (${project}) are skipped: ${reason}`);
  return { ...NOTHING, skipped };
};

const browserJourneys = async () => {
  await ensureChineseFont(root);
  const browser = await ensureTestBrowser(root);
  if ('reason' in browser) {
    say(`  There is no Chromium to test with: ${browser.reason}.`);
    return sum([FAILED, await skipJourneys('browser', 'there is no Chromium')]);
  }
  say(`  Chromium: ${browser.path} (${browser.how})`);
  return journeys('browser', { HEPATICA_CHROMIUM: browser.path });
};

const electronJourneys = async () => {
  const electron = await ensureElectron(root, say);
  if ('reason' in electron)
    return skipJourneys('electron', `there is no Electron runtime: ${electron.reason}`);
  if (!hasDisplay() && virtualDisplay() === undefined) {
    return skipJourneys('electron', 'there is no display, and no xvfb-run to make one');
  }
  say(`  Electron: ${electron.path}`);
  return journeys('electron', { HEPATICA_ELECTRON: electron.path });
};

/**
 * `npm test`: installs, then runs every check there is, and counts them all in its last line.
 * @param {readonly string[]} argv without node and script
 * @returns {Promise<number>} exit code
 */
export const test = async (argv) => {
  /** @type {readonly import('./arguments.mjs').TestPart[]} */
  let parts;
  try {
    parts = readTestArguments(argv);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 2;
  }
  /** @type {Tally[]} */
  const tallies = [];
  /** @param {string} name @param {() => Promise<Tally>} work */
  const add = async (name, work) => {
    const tally = await step(name, work);
    tallies.push(tally);
    return tally;
  };
  if (!(await ensureInstalled(root, say))) tallies.push(FAILED);
  else {
    if (parts.includes('lint')) {
      await add('format and lint', () => check(binOf(root, '@biomejs/biome', 'biome'), 'check', '.'));
      await add('types', () => check(binOf(root, 'typescript', 'tsc'), '-b'));
      await add('import directions', () => check(join(root, 'scripts', 'check-imports.mjs')));
    }
    if (parts.includes('unit')) await add('unit tests and RPC conformance', unitTests);
    if (parts.includes('e2e')) {
      const built = await add('build', async () => fromCheck(await build(root, { limit: CHECK_LIMIT })));
      if (built.failed > 0) {
        await add('journeys', async () =>
          sum([
            await skipJourneys('browser', 'there is no build'),
            await skipJourneys('electron', 'there is no build'),
          ]),
        );
      } else {
        await add('journeys in Chromium', browserJourneys);
        await add('journeys in Electron', electronJourneys);
      }
    }
  }
  const total = sum(tallies);
  say(`\n${lineOf(total)}`);
  return total.failed === 0 ? 0 : 1;
};
