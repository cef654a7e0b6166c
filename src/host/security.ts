import { createHash, timingSafeEqual } from 'node:crypto';

/** What is right for one running host. */
export interface HostPolicy {
  /** `127.0.0.1:<port>`, exactly as the Host header must have it. */
  readonly authority: string;
  /** Bound to port and instance, since browsers share cookies between the ports of one host. */
  readonly cookieName: string;
  readonly cookieValue: string;
}

/** What the checks look at, as Node gives it. */
export interface RequestFacts {
  readonly method: string;
  /** The request target as it came. */
  readonly target: string;
  /** Names and values in turn, as they came, so that a repeated header is seen. */
  readonly rawHeaders: readonly string[];
}

export type Refusal =
  | 'host'
  | 'target'
  | 'method'
  | 'fetch-site'
  | 'origin'
  /** No cookie of this host: somebody who was not let in yet. */
  | 'no-cookie'
  /** A cookie of this host with a wrong value: a guess. */
  | 'wrong-cookie';

export const secretEquals = (given: string, expected: string): boolean => {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
};

const valuesOf = (rawHeaders: readonly string[], name: string): string[] =>
  rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);

export const isHostRight = (rawHeaders: readonly string[], { authority }: HostPolicy): boolean => {
  const hosts = valuesOf(rawHeaders, 'host');
  return hosts.length === 1 && hosts[0] === authority;
};

/** Only a path: no absolute form, no `*`, no authority. */
export const isTargetRight = (target: string): boolean => /^\/(?!\/)[\x21-\x7e]*$/.test(target);

/** Browsers say where a request comes from; `none` is the user's own doing. Other clients say nothing. */
export const isFetchSiteRight = (rawHeaders: readonly string[]): boolean =>
  valuesOf(rawHeaders, 'sec-fetch-site').every((site) => site === 'same-origin' || site === 'none');

/** The start page is reached from a local file, which is cross-site: only as a whole page, never embedded. */
export const isTopNavigation = (rawHeaders: readonly string[]): boolean =>
  valuesOf(rawHeaders, 'sec-fetch-dest').every((destination) => destination === 'document');

/** `required` for whatever changes something and for the upgrade; elsewhere a wrong one still refuses. */
export const isOriginRight = (
  rawHeaders: readonly string[],
  { authority }: HostPolicy,
  required: boolean,
): boolean => {
  const origins = valuesOf(rawHeaders, 'origin');
  if (origins.length === 0) return !required;
  return origins.length === 1 && origins[0] === `http://${authority}`;
};

export const checkCookie = (
  rawHeaders: readonly string[],
  { cookieName, cookieValue }: HostPolicy,
): 'right' | 'no-cookie' | 'wrong-cookie' => {
  const values = valuesOf(rawHeaders, 'cookie')
    .flatMap((header) => header.split(';'))
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${cookieName}=`))
    .map((pair) => pair.slice(cookieName.length + 1));
  if (values.length === 0) return 'no-cookie';
  return values.every((value) => secretEquals(value, cookieValue)) ? 'right' : 'wrong-cookie';
};

/** What holds for every request, the one that brings the launch token included. */
export const refuseForm = (facts: RequestFacts, policy: HostPolicy): Refusal | undefined => {
  if (!isHostRight(facts.rawHeaders, policy)) return 'host';
  if (!isTargetRight(facts.target)) return 'target';
  // Methods that the Fetch standard forbids, so that no handler can be asked with them.
  if (['CONNECT', 'TRACE', 'TRACK'].includes(facts.method)) return 'method';
  return undefined;
};

/**
 * Why a request is refused, before it is routed, or undefined. `kind` is `upgrade` for the WebSocket handshake,
 * which is a GET that opens a door and so needs its origin.
 */
export const refuse = (
  facts: RequestFacts,
  policy: HostPolicy,
  kind: 'request' | 'upgrade',
): Refusal | undefined => {
  const form = refuseForm(facts, policy);
  if (form !== undefined) return form;
  if (!isFetchSiteRight(facts.rawHeaders)) return 'fetch-site';
  const needsOrigin = kind === 'upgrade' || !['GET', 'HEAD'].includes(facts.method);
  if (!isOriginRight(facts.rawHeaders, policy, needsOrigin)) return 'origin';
  const cookie = checkCookie(facts.rawHeaders, policy);
  return cookie === 'right' ? undefined : cookie;
};
