import { session } from 'electron';
import { toDisposable } from '#shared/lib/disposable';
import type { Module } from '../context';
import { mayUse } from '../policies';

/** Item 5: Electron grants every permission unless somebody asks; here both kinds of question are asked. */
export const permissions: Module = () => {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler(
    (_contents, permission, answer, { requestingUrl, isMainFrame }) =>
      answer(mayUse(permission, requestingUrl ?? '', isMainFrame)),
  );
  defaultSession.setPermissionCheckHandler((_contents, permission, origin, { isMainFrame }) =>
    mayUse(permission, origin, isMainFrame),
  );
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  // Handlers stay: taking one off would grant everything.
  return toDisposable(() => undefined);
};
