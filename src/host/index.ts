import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect, parseArgs } from 'node:util';
import { composeServices } from '#core/compose';
import { loadAssets } from '#core/content/assets';
import { createContentHandler } from '#core/content/handler';
import { createLog, fileSink, type Log } from '#core/lib/log';
import { hepatica } from '#shared/contract/hepatica';
import { Emitter } from '#shared/lib/event';
import { serve } from '#shared/rpc/serve';
import { type RunningServer, startServer } from './server';

/** What the parent process is told, and what it may say. Start links go this way only, never into a log. */
type ToParent = { type: 'ready' | 'launch'; address: string; launchUrl: string };

const USAGE = 'usage: host.js --library=DIR --user-data=DIR [--port=N]   (npm start does this for you)';

/** A path beside this file as it is built, in out/main. */
const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const readArguments = (): { library: string; userData: string; port: number } => {
  const string = { type: 'string' } as const;
  const { values } = parseArgs({ options: { library: string, 'user-data': string, port: string } });
  const { library, 'user-data': userData, port = '0' } = values;
  if (library === undefined || userData === undefined || !/^\d{1,5}$/.test(port)) throw new Error(USAGE);
  return { library, userData, port: Number(port) };
};

const readVersion = async (): Promise<string> => {
  const description: unknown = JSON.parse(await readFile(at('../../package.json'), 'utf8'));
  if (typeof description !== 'object' || description === null || !('version' in description)) return '0';
  return String(description.version);
};

const compose = async (library: string, userData: string, log: Log) =>
  composeServices({
    libraryPath: library,
    userData,
    resources: at('../../resources'),
    workers: { search: at('./search-worker.js'), import: at('./import-worker.js') },
    capabilities: {
      host: 'browser',
      platform: process.platform,
      version: await readVersion(),
      canShowFolder: false,
      canQuit: false,
      systemLanguage: Intl.DateTimeFormat().resolvedOptions().locale,
    },
    onDidChooseCommand: new Emitter<{ command: string }>().event,
    log,
  });

/** Ends on whatever means that nobody wants the host any more, once, and with everything on disk. */
const endOnRequest = (
  server: RunningServer,
  closeServices: () => Promise<void>,
  onBug: (error: unknown) => void,
): ((code: number) => void) => {
  let ending = false;
  const end = (code: number): void => {
    if (ending) return;
    ending = true;
    server
      .close()
      .then(closeServices)
      .then(() => process.exit(code))
      .catch((error: unknown) => {
        onBug(error);
        process.exit(1);
      });
  };
  process.on('SIGINT', () => end(0));
  process.on('SIGTERM', () => end(0));
  process.on('disconnect', () => end(0));
  return end;
};

const tell = (message: ToParent): void => {
  process.send?.(message);
};

const main = async (): Promise<void> => {
  const { library, userData, port } = readArguments();
  const assets = await loadAssets(at('../renderer'));
  const log = createLog(fileSink(join(userData, 'log.txt')));
  const onBug = (error: unknown): void => log.error('browser host', { error });
  const { services, readingText, keptFile, uploads, close } = await compose(library, userData, log);
  const server = await startServer({
    port,
    handle: createContentHandler({ assets, readingText, keptFile, uploads, onBug }),
    onPort: (each) => serve(each, hepatica, services, { onBug }),
    onBug,
  }).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  const end = endOnRequest(server, close, onBug);
  const failed = (error: unknown): void => {
    onBug(error);
    end(1);
  };
  process.on('uncaughtException', failed);
  process.on('unhandledRejection', failed);
  process.on('message', (message: unknown) => {
    const type =
      typeof message === 'object' && message !== null && 'type' in message ? message.type : undefined;
    if (type === 'shutdown') end(0);
    // A link for one more browser; the one before it is worth nothing any more.
    if (type === 'launch') {
      tell({ type: 'launch', address: server.address, launchUrl: server.issueLaunchUrl() });
    }
  });
  tell({ type: 'ready', address: server.address, launchUrl: server.issueLaunchUrl() });
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : inspect(error)}\n`);
  process.exit(1);
});
