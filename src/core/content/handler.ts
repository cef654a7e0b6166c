import { ID_PATTERN } from '#shared/lib/ids';
import type { Asset, Assets } from './assets';
import { type ResponseKind, securityHeaders } from './headers';
import { UploadRefused, type UploadStore } from './uploads';

export interface ContentOptions {
  readonly assets: Assets;
  /** The reading text of one document of an article, undefined when there is none. */
  readonly readingText: (articleId: string, documentId: string) => Promise<string | undefined>;
  /** The bytes of a file in the quarantine, undefined when there is none of that name. */
  readonly keptFile: (name: string) => Promise<Uint8Array | undefined>;
  readonly uploads: UploadStore;
  /** Told of what is thrown inside; the page only hears that it failed. */
  readonly onBug: (error: unknown) => void;
}

/** Answers any request, and never rejects. */
export type ContentHandler = (request: Request) => Promise<Response>;

const PLAIN: ResponseKind = { policy: 'page', cache: 'none' };

const respond = (
  status: number,
  type: string,
  body: string | Uint8Array<ArrayBuffer>,
  kind: ResponseKind = PLAIN,
  extra: Readonly<Record<string, string>> = {},
): Response =>
  new Response(body, { status, headers: { ...securityHeaders(kind), 'Content-Type': type, ...extra } });

const say = (status: number, text: string, extra?: Readonly<Record<string, string>>): Response =>
  respond(status, 'text/plain; charset=utf-8', `${text}\n`, PLAIN, extra);

const notFound = (): Response => say(404, 'There is nothing here.');

const serveAsset = ({ body, type, hashed }: Asset): Response =>
  respond(200, type, body, { policy: 'page', cache: hashed ? 'immutable' : 'none' });

const serveText: Answer = async (_request, [, articleId = '', documentId = ''], { readingText }) => {
  if (!ID_PATTERN.test(articleId) || !ID_PATTERN.test(documentId)) return notFound();
  const text = await readingText(articleId, documentId);
  if (text === undefined) return notFound();
  return respond(200, 'text/html; charset=utf-8', text, { policy: 'text', cache: 'none' });
};

/** To be saved, never shown: nobody knows what is in it. */
const serveKept: Answer = async (_request, [, name = ''], { keptFile }) => {
  const bytes = await keptFile(name);
  if (bytes === undefined) return notFound();
  return respond(200, 'application/octet-stream', new Uint8Array(bytes), PLAIN, {
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
  });
};

const acceptUpload: Answer = async (request, _segments, { uploads }) => {
  // A header that no form and no simple cross-site request can carry.
  if (request.headers.get('X-Hepatica') !== '1') return say(403, 'Uploads come from the app only.');
  try {
    const upload = await uploads.accept(request.body ?? []);
    return respond(200, 'application/json', JSON.stringify({ upload }));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC')
      return say(507, 'The disk is full.');
    if (!(error instanceof UploadRefused)) return say(400, 'The upload broke off.');
    return error.reason === 'too-large'
      ? say(413, 'The file is too large.')
      : say(503, 'Too many files are waiting.', { 'Retry-After': '60' });
  }
};

type Answer = (
  request: Request,
  segments: readonly string[],
  options: ContentOptions,
) => Promise<Response> | Response;

interface Route {
  /** Segments of the path; `:name` stands for any one. */
  readonly path: string;
  readonly method: 'GET' | 'PUT';
  readonly answer: Answer;
}

/** Every route besides the files of the built page. A test holds this list; a new one needs a review. */
export const routes: readonly Route[] = [
  { path: '/reading/:article/:document', method: 'GET', answer: serveText },
  { path: '/quarantine/:name', method: 'GET', answer: serveKept },
  { path: '/upload', method: 'PUT', answer: acceptUpload },
];

/** The segments of a path, each decoded exactly once; undefined when one could mean something else in a path. */
const segmentsOf = (pathname: string): readonly string[] | undefined => {
  const segments: string[] = [];
  for (const raw of pathname.slice(1).split('/')) {
    let segment: string;
    try {
      segment = decodeURIComponent(raw);
    } catch (error) {
      if (error instanceof URIError) return undefined;
      throw error;
    }
    if (segment === '..' || segment === '.' || /[/\\\0%]/.test(segment)) return undefined;
    segments.push(segment);
  }
  return segments;
};

const matches = (route: Route, segments: readonly string[]): boolean => {
  const wanted = route.path.slice(1).split('/');
  return (
    wanted.length === segments.length &&
    wanted.every((part, index) => part.startsWith(':') || part === segments[index])
  );
};

/**
 * The one door for content in both hosts: files of the built page, reading texts, uploads. Nothing in a request
 * ever becomes part of a file's path: files of the page are looked up in a list read at start, and ids are
 * checked before anything is asked for by them.
 */
export const createContentHandler = (options: ContentOptions): ContentHandler => {
  const answer = async (request: Request): Promise<Response> => {
    const segments = segmentsOf(new URL(request.url).pathname);
    if (segments === undefined) return notFound();
    const asset = options.assets.get(`/${segments.join('/')}`);
    const route = routes.find((each) => matches(each, segments));
    if (asset === undefined && route === undefined) return notFound();
    const method = route?.method ?? 'GET';
    const isHead = request.method === 'HEAD' && method === 'GET';
    if (request.method !== method && !isHead) return say(405, 'Not this way.', { Allow: method });
    if (asset !== undefined) return serveAsset(asset);
    return route === undefined ? notFound() : route.answer(request, segments, options);
  };
  return async (request) => {
    const response = await answer(request).catch((error: unknown) => {
      options.onBug(error);
      return say(500, 'Something went wrong inside.');
    });
    if (request.method !== 'HEAD') return response;
    return new Response(null, { status: response.status, headers: response.headers });
  };
};
