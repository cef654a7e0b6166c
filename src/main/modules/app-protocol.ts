import { protocol } from 'electron';
import { toDisposable } from '#shared/lib/disposable';
import { APP_ORIGIN } from '#shared/rpc/channel';
import type { Module } from '../context';
import { schemePrivileges } from '../policies';

const scheme = new URL(APP_ORIGIN).protocol.slice(0, -1);

/** Must be called before Electron is ready. */
export const registerScheme = (): void =>
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: schemePrivileges }]);

/** Item 18: the page, its texts and its uploads over a scheme of our own instead of files. */
export const appProtocol: Module = ({ handle }) => {
  protocol.handle(scheme, async (request) =>
    new URL(request.url).host === new URL(APP_ORIGIN).host
      ? handle(request)
      : new Response(null, { status: 404 }),
  );
  return toDisposable(() => protocol.unhandle(scheme));
};
