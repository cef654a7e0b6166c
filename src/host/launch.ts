import { randomBytes } from 'node:crypto';
import { secretEquals } from './security';

/** 192 random bits, in characters that need no escaping in a URL or a cookie. */
export const newSecret = (): string => randomBytes(24).toString('base64url');

/** One-use tokens by which a browser proves that it was sent by whoever started the host. */
export interface Launch {
  /** A token for one browser. Only the newest one counts. */
  issue(): string;
  /** Whether this was the token; it is not any more. */
  redeem(token: string): boolean;
}

export const createLaunch = (): Launch => {
  let current: string | undefined;
  return {
    issue() {
      current = newSecret();
      return current;
    },
    redeem(token) {
      if (current === undefined || !secretEquals(token, current)) return false;
      current = undefined;
      return true;
    },
  };
};

export interface FailureLimiter {
  /** Notes a failure and says how many milliseconds its answer shall wait. */
  fail(): number;
}

/**
 * Slows wrong guesses down, all callers taken together: a header that names a client can be forged. Whoever
 * shows the right secret is never slowed down, and so cannot be locked out by others.
 */
export const createFailureLimiter = (
  free = 10,
  window = 60_000,
  delay = 1000,
  now: () => number = Date.now,
): FailureLimiter => {
  let times: number[] = [];
  return {
    fail() {
      const time = now();
      times = [...times.filter((each) => time - each < window), time].slice(-free - 1);
      return times.length > free ? delay : 0;
    },
  };
};

const page = (title: string, body: string, head = ''): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8">${head}<title>${title}</title></head>` +
  `<body>${body}</body></html>\n`;

/**
 * Goes on to the app. A redirect would still count as coming from the page that led here, which may be a local
 * file, and the browser would hold the Strict cookie back; a page of our own is the same site.
 */
export const WELCOME_PAGE = page('Hepatica', '', '<meta http-equiv="refresh" content="0;url=/">');

export const USED_PAGE = page(
  'Hepatica',
  '<h1>This start link was used already</h1><p>A start link works once. Start Hepatica again to get a new one.</p>',
);

export const STRANGER_PAGE = page(
  'Hepatica',
  '<h1>This browser was not let in</h1>' +
    '<p>Hepatica opens only in the browser window in which it was started. Start it again to open it here.</p>',
);
