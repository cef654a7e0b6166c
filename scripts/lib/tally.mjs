/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/** @type {Tally} */
export const NOTHING = { passed: 0, failed: 0, skipped: 0 };
/** @type {Tally} */
export const FAILED = { ...NOTHING, failed: 1 };

/** A check that is one test by itself. @param {boolean} ok @returns {Tally} */
export const fromCheck = (ok) => (ok ? { ...NOTHING, passed: 1 } : FAILED);

/**
 * What a run of tests comes to. One that left no report, or says that it failed where no test did, has failed once.
 * @param {boolean} ok whether the run ended well
 * @param {Tally | undefined} tally by its report
 * @returns {Tally}
 */
export const fromReport = (ok, tally = NOTHING) => {
  const ran = tally.passed + tally.failed + tally.skipped > 0;
  return tally.failed === 0 && !(ok && ran) ? sum([tally, FAILED]) : tally;
};

/** @param {Tally[]} tallies @returns {Tally} */
export const sum = (tallies) => ({
  passed: tallies.reduce((total, each) => total + each.passed, 0),
  failed: tallies.reduce((total, each) => total + each.failed, 0),
  skipped: tallies.reduce((total, each) => total + each.skipped, 0),
});

/** The closing line of a run. @param {Tally} tally */
export const lineOf = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;

/**
 * From vitest's JSON report. A file that could not be loaded has no tests to count, and counts as one failure.
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests?: number,
 *   testResults: { status: string, assertionResults: unknown[] }[] }} report
 * @returns {Tally}
 */
export const fromVitest = (report) => ({
  passed: report.numPassedTests,
  failed:
    report.numFailedTests +
    report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
      .length,
  skipped: report.numPendingTests + (report.numTodoTests ?? 0),
});

/**
 * From Playwright's JSON report. Errors outside any test count as failures.
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors?: unknown[] }} report
 * @returns {Tally}
 */
export const fromPlaywright = ({ stats, errors = [] }) => ({
  passed: stats.expected,
  failed: stats.unexpected + stats.flaky + errors.length,
  skipped: stats.skipped,
});
