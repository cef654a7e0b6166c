import { parseArgs } from 'node:util';

export const USAGE = `npm start -- [options]

  --library DIR    the library folder (default: Hepatica in your documents)
  --user-data DIR  where this machine keeps its own data for the app
  --browser        use the browser host, also where Electron is there
  --no-window      with --browser: print the address, open nothing
  --port N         port of the browser host (default: any free one)
  --help           this text`;

/**
 * What `npm start` was asked for. Throws with a plain message when it makes no sense.
 * @param {string[]} argv
 */
export const readArguments = (argv) => {
  const { values } = parseArgs({
    args: argv,
    options: {
      library: { type: 'string' },
      'user-data': { type: 'string' },
      port: { type: 'string' },
      browser: { type: 'boolean', default: false },
      'no-window': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { library, port, browser, help } = values;
  if (port !== undefined && !(/^\d+$/.test(port) && Number(port) < 65536))
    throw new Error(`--port takes a number from 0 to 65535, not ${port}`);
  return { library, userData: values['user-data'], port, browser, help, window: !values['no-window'] };
};

/** @param {string} version of Node, without the `v` */
export const isNodeNewEnough = (version) => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 20 || (major === 20 && minor >= 19);
};
