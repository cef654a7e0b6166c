import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import type { ContentHandler } from '#core/content/handler';
import { securityHeaders } from '#core/content/headers';
import { randomId } from '#shared/lib/ids';
import type { Port } from '#shared/rpc/port';
import {
  createFailureLimiter,
  createLaunch,
  type FailureLimiter,
  type Launch,
  newSecret,
  STRANGER_PAGE,
  USED_PAGE,
  WELCOME_PAGE,
} from './launch';
import {
  checkCookie,
  type HostPolicy,
  isTopNavigation,
  type RequestFacts,
  refuse,
  refuseForm,
} from './security';
import { MAX_FRAME_BYTES, portOver, type SocketLimits, socketLimits } from './web-socket-port';

export interface ServerOptions {
  /** 0 for any that is free. */
  readonly port: number;
  readonly handle: ContentHandler;
  /** A page opened a connection; serve it. */
  readonly onPort: (port: Port) => void;
  readonly onBug: (error: unknown) => void;
  readonly sockets?: SocketLimits;
  readonly limiter?: FailureLimiter;
}

export interface RunningServer {
  /** `http://127.0.0.1:<port>/`: what the user sees; of no use without having been let in. */
  readonly address: string;
  /** An address that lets one browser in, once. A secret: never log it, nor put it into a process's arguments. */
  issueLaunchUrl(): string;
  /** Ends all connections. */
  close(): Promise<void>;
}

/** Routes of the host itself, besides those of the content handler. A test holds this list. */
export const LAUNCH_PATH = '/launch';
export const RPC_PATH = '/rpc';

const NO_STORE = securityHeaders({ policy: 'page', cache: 'none' });
const HTML = 'text/html; charset=utf-8';

interface Host {
  readonly policy: HostPolicy;
  readonly launch: Launch;
  readonly limiter: FailureLimiter;
  readonly options: ServerOptions;
}

const factsOf = ({ method = '', url = '', rawHeaders }: IncomingMessage): RequestFacts => ({
  method,
  target: url,
  rawHeaders,
});

const send = (
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  extra: Readonly<Record<string, string>> = {},
): void => {
  response.writeHead(status, { ...NO_STORE, 'Content-Type': type, ...extra });
  response.end(body);
};

/** Refuses without reading a body, and lets the connection go, so that nobody keeps it busy. */
const turnAway = async (
  host: Host,
  response: ServerResponse,
  isGuess: boolean,
  body: string,
): Promise<void> => {
  const wait = isGuess ? host.limiter.fail() : 0;
  if (wait > 0) await delay(wait);
  const type = body.startsWith('<') ? HTML : 'text/plain; charset=utf-8';
  send(response, wait > 0 ? 429 : 403, type, body, { Connection: 'close' });
};

const openLaunch = async (host: Host, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const { policy, launch } = host;
  if (!isTopNavigation(request.rawHeaders)) {
    await turnAway(host, response, false, 'refused: not a page of its own\n');
    return;
  }
  const token = new URL(`http://${policy.authority}${request.url}`).searchParams.get('token') ?? '';
  if (launch.redeem(token)) {
    const cookie = `${policy.cookieName}=${policy.cookieValue}; HttpOnly; SameSite=Strict; Path=/`;
    send(response, 200, HTML, WELCOME_PAGE, { 'Set-Cookie': cookie });
  } else if (checkCookie(request.rawHeaders, policy) === 'right') {
    // Somebody who is in already went back, or opened the link again.
    send(response, 200, HTML, WELCOME_PAGE);
  } else {
    await turnAway(host, response, true, USED_PAGE);
  }
};

const answer = async (host: Host, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const { policy, options } = host;
  const facts = factsOf(request);
  const isLaunch = facts.method === 'GET' && facts.target.split('?', 1)[0] === LAUNCH_PATH;
  if (isLaunch && refuseForm(facts, policy) === undefined) {
    await openLaunch(host, request, response);
    return;
  }
  const refusal = refuse(facts, policy, 'request');
  if (refusal !== undefined) {
    const isStranger = refusal === 'no-cookie' || refusal === 'wrong-cookie';
    const body = isStranger ? STRANGER_PAGE : `refused: ${refusal}\n`;
    await turnAway(host, response, refusal === 'wrong-cookie', body);
    return;
  }
  if (request.headers.expect === '100-continue') response.writeContinue();
  const hasBody = facts.method !== 'GET' && facts.method !== 'HEAD';
  const contentRequest = new Request(`http://${policy.authority}${facts.target}`, {
    method: facts.method,
    headers: Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    ...(hasBody ? { body: request, duplex: 'half' as const } : {}),
  });
  const content = await options.handle(contentRequest);
  response.writeHead(content.status, {
    ...Object.fromEntries(content.headers),
    // A body that was not read to its end would be taken for the next request.
    ...(hasBody && !request.complete ? { Connection: 'close' } : {}),
  });
  response.end(new Uint8Array(await content.arrayBuffer()));
};

const rejectUpgrade = (socket: Duplex, status: string): void => {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
};

const acceptUpgrades = (server: Server, host: Host): WebSocketServer => {
  const { policy, options, limiter } = host;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
  });
  const upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    // A peer that hangs up is no error of ours; `ws` puts its own listener in place of this one.
    socket.on('error', () => socket.destroy());
    const facts = factsOf(request);
    const refusal = refuse(facts, policy, 'upgrade');
    if (refusal !== undefined) {
      const wait = refusal === 'wrong-cookie' ? limiter.fail() : 0;
      if (wait > 0) await delay(wait);
      rejectUpgrade(socket, wait > 0 ? '429 Too Many Requests' : '403 Forbidden');
    } else if (facts.method !== 'GET' || facts.target !== RPC_PATH) {
      rejectUpgrade(socket, '404 Not Found');
    } else {
      sockets.handleUpgrade(request, socket, head, (webSocket) =>
        options.onPort(portOver(webSocket, options.sockets ?? socketLimits)),
      );
    }
  };
  server.on('upgrade', (request, socket, head) => {
    upgrade(request, socket, head).catch(options.onBug);
  });
  return sockets;
};

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });

/** Serves the page and the contract on the loopback interface, to browsers that were let in by a launch link. */
export const startServer = async (options: ServerOptions): Promise<RunningServer> => {
  const server = createServer({
    headersTimeout: 10_000,
    requestTimeout: 120_000,
    keepAliveTimeout: 5_000,
    connectionsCheckingInterval: 2_000,
    maxHeaderSize: 16_384,
  });
  server.maxConnections = 2_000;
  const port = await listen(server, options.port);
  const authority = `127.0.0.1:${port}`;
  const host: Host = {
    policy: { authority, cookieName: `hepatica-${port}-${randomId()}`, cookieValue: newSecret() },
    launch: createLaunch(),
    limiter: options.limiter ?? createFailureLimiter(),
    options,
  };
  const respond = (request: IncomingMessage, response: ServerResponse): void => {
    answer(host, request, response).catch((error: unknown) => {
      options.onBug(error);
      response.destroy();
    });
  };
  server.on('request', respond);
  server.on('checkContinue', respond);
  const sockets = acceptUpgrades(server, host);
  return {
    address: `http://${authority}/`,
    issueLaunchUrl: () => `http://${authority}${LAUNCH_PATH}?token=${host.launch.issue()}`,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
};
