import { describe, expect, it } from 'vitest';
import { readStartArguments, readTestArguments, START_HELP } from './arguments.mjs';
import { nodeProblem } from './node-version.mjs';

const usual = {
  help: false,
  browser: false,
  window: true,
  library: undefined,
  userData: undefined,
  port: undefined,
};

describe('the arguments of a start', () => {
  it.each<[string[], object]>([
    [[], {}],
    [['--browser'], { browser: true }],
    [['--no-window'], { browser: true, window: false }],
    [['--port', '0'], { browser: true, port: 0 }],
    [['--port=65535'], { browser: true, port: 65_535 }],
    [['--library', 'a b', '--user-data=c'], { library: 'a b', userData: 'c' }],
    [['--help'], { help: true }],
  ])('%j', (argv, expected) => {
    expect(readStartArguments(argv)).toEqual({ ...usual, ...expected });
  });

  it.each([
    [['--port', 'http'], '--port needs a number from 0 to 65535, not "http".'],
    [['--port', '65536'], '--port needs a number'],
    [['--port', '1.5'], '--port needs a number'],
    [['--library='], '--library needs a folder.'],
    [['--user-data', ''], '--user-data needs a folder.'],
    [['--liberry', 'x'], '--liberry'],
    [['--library'], '--library'],
    [['folder'], 'folder'],
  ])('refuses %j in words for the person who typed it', (argv, message) => {
    expect(() => readStartArguments(argv)).toThrow(message);
  });

  it('are all named in the help', () => {
    for (const name of ['browser', 'no-window', 'library', 'user-data', 'port', 'help'])
      expect(START_HELP).toContain(`--${name} `);
  });
});

describe('the arguments of a test run', () => {
  it.each([
    [[], ['lint', 'unit', 'e2e']],
    [['--only=unit'], ['unit']],
    [['--only', 'lint'], ['lint']],
  ])('%j', (argv, parts) => expect(readTestArguments(argv)).toEqual(parts));

  it('refuses a part that there is not', () => {
    expect(() => readTestArguments(['--only=all'])).toThrow('--only is one of lint, unit, e2e, not "all".');
  });
});

describe('the version of Node', () => {
  it.each(['20.19.0', '20.20.2', '21.0.0', '22.12.0', '100.0.0'])('%s will do', (version) =>
    expect(nodeProblem(version)).toBeUndefined(),
  );
  it.each(['20.18.3', '18.20.0', '9.0.0', '0.12.0'])('%s is too old', (version) =>
    expect(nodeProblem(version)).toBe(
      `Hepatica needs Node 20.19 or newer; this is Node ${version}. Get a newer one from https://nodejs.org.`,
    ),
  );
});
