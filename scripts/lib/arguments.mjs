import { parseArgs } from 'node:util';

export const START_HELP = `npm start -- [options]

  --browser         open the app from the browser host, without Electron
  --no-window       browser host; open no window, only print the address
  --library DIR     the folder of the library (default: Hepatica in your documents)
  --user-data DIR   the folder of settings and logs
  --port N          the port of the browser host (default: any that is free)
  --help            print this`;

/**
 * @typedef {object} StartArguments
 * @property {boolean} help
 * @property {boolean} browser the browser host was asked for
 * @property {boolean} window whether a window may be opened
 * @property {string | undefined} library as given
 * @property {string | undefined} userData as given
 * @property {number | undefined} port
 */

/**
 * Reads the command line of `npm start`.
 * @param {readonly string[]} argv without node and script
 * @returns {StartArguments}
 * @throws {Error} with a message for the person who typed it
 */
export const readStartArguments = (argv) => {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      browser: { type: 'boolean', default: false },
      'no-window': { type: 'boolean', default: false },
      library: { type: 'string' },
      'user-data': { type: 'string' },
      port: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  for (const name of /** @type {const} */ (['library', 'user-data'])) {
    if (values[name] === '') throw new Error(`--${name} needs a folder.`);
  }
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
    throw new Error(`--port needs a number from 0 to 65535, not "${values.port}".`);
  }
  const window = !values['no-window'];
  return {
    help: values.help,
    browser: values.browser || !window || port !== undefined,
    window,
    library: values.library,
    userData: values['user-data'],
    port,
  };
};

/** @typedef {'lint' | 'unit' | 'e2e'} TestPart */
const PARTS = /** @type {const} */ (['lint', 'unit', 'e2e']);

/**
 * Reads the command line of `npm test`: `--only=lint|unit|e2e` runs a part.
 * @param {readonly string[]} argv without node and script
 * @returns {readonly TestPart[]} the parts to run
 * @throws {Error} with a message for the person who typed it
 */
export const readTestArguments = (argv) => {
  const { values } = parseArgs({ args: [...argv], options: { only: { type: 'string' } } });
  if (values.only === undefined) return PARTS;
  const part = PARTS.find((each) => each === values.only);
  if (part === undefined) throw new Error(`--only is one of ${PARTS.join(', ')}, not "${values.only}".`);
  return [part];
};
