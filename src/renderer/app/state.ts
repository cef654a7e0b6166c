import type { Capabilities, LibraryStatus } from '#shared/contract/app';
import { defaultSettings, type Settings } from '#shared/model/settings';
import { useServiceQuery } from './data';
import { useHepatica } from './hepatica';

/** What is chosen in the library, or the defaults until one is open. */
export const useSettings = (): Settings => {
  const hepatica = useHepatica();
  return useServiceQuery(['settings', 'get'], () => hepatica.settings.get({})).data ?? defaultSettings;
};

/** Undefined until the service has answered for the first time. */
export const useLibraryStatus = (): LibraryStatus | undefined => {
  const hepatica = useHepatica();
  return useServiceQuery(['app', 'status'], () => hepatica.app.status({})).data;
};

/** Undefined until the service has answered for the first time. */
export const useCapabilities = (): Capabilities | undefined => {
  const hepatica = useHepatica();
  return useServiceQuery(['app', 'capabilities'], () => hepatica.app.capabilities({})).data;
};
