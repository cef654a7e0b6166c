import { describe, expect, it } from 'vitest';
import { FAILED, fromCheck, fromPlaywright, fromReport, fromVitest, lineOf, NOTHING, sum } from './tally.mjs';

const tally = (passed: number, failed: number, skipped: number) => ({ passed, failed, skipped });

describe('a run of tests', () => {
  it.each<[string, boolean, ReturnType<typeof tally> | undefined, ReturnType<typeof tally>]>([
    ['that went well', true, tally(3, 0, 1), tally(3, 0, 1)],
    ['with failures', false, tally(3, 2, 0), tally(3, 2, 0)],
    ['that skipped all', true, tally(0, 0, 2), tally(0, 0, 2)],
    ['that says it failed where no test did', false, tally(3, 0, 0), tally(3, 1, 0)],
    ['without a report', true, undefined, tally(0, 1, 0)],
    ['that ran nothing', true, tally(0, 0, 0), tally(0, 1, 0)],
  ])('%s', (_name, ok, report, expected) => expect(fromReport(ok, report)).toEqual(expected));
});

it('counts the report of vitest, with a file that could not be loaded', () => {
  const report = {
    numPassedTests: 5,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 1,
    testResults: [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{}] },
      { status: 'passed', assertionResults: [{}] },
    ],
  };
  expect(fromVitest(report)).toEqual(tally(5, 2, 3));
});

it('counts the report of Playwright, with errors outside of tests', () => {
  const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 2 };
  expect(fromPlaywright({ stats, errors: [{}] })).toEqual(tally(4, 3, 2));
  expect(fromPlaywright({ stats: { ...stats, unexpected: 0, flaky: 0 } })).toEqual(tally(4, 0, 2));
});

it('adds up to one line', () => {
  expect(lineOf(sum([fromCheck(true), fromCheck(false), FAILED, NOTHING, tally(10, 0, 3)]))).toBe(
    '11 passed, 2 failed, 3 skipped',
  );
  expect(lineOf(sum([]))).toBe('0 passed, 0 failed, 0 skipped');
});
