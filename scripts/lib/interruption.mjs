import { endRunning } from './processes.mjs';

/** Ctrl-C, a polite kill, and the closing of the terminal window (on Windows too). */
const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/** @type {(() => Promise<void>) | undefined} */
let endEverything;
/** @type {Promise<number> | undefined} */
let ending;

// npm passes a Ctrl-C on that the terminal has sent to all of them already: the second one changes nothing.
for (const signal of SIGNALS) {
  process.on(signal, () => {
    ending ??= Promise.all([endRunning(), endEverything?.()]).then(
      () => 0,
      (error) => {
        console.error(error);
        return 1;
      },
    );
    // Between two steps there is nothing that would end this process by itself.
    if (endEverything === undefined) ending.then(() => process.exit(130));
  });
}

/**
 * Says what is to be ended when this process is asked to end.
 * @param {() => Promise<void>} end
 * @returns {{ readonly asked: boolean, done: () => Promise<number> }} whether it was asked to, and the exit code once
 *   everything has ended
 */
export const onEnd = (end) => {
  endEverything = end;
  return {
    get asked() {
      return ending !== undefined;
    },
    done: async () => (await ending) ?? 0,
  };
};
