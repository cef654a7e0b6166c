import type { Services } from '#shared/contract/hepatica';
import { Emitter } from '#shared/lib/event';
import { defaultSettings, type Settings } from '#shared/model/settings';
import type { DocumentStore } from '../storage/types';

/** The settings over one open store. They are kept in the library, and are no step of its history. */
export const createSettings = (store: DocumentStore): { service: Services['settings']; dispose(): void } => {
  const emitter = new Emitter<Settings>();
  const current = (): Settings => ({ ...defaultSettings, ...store.get('settings', 'settings')?.value });
  const subscription = store.onDidCommit(({ changes }) => {
    if (changes.some((change) => change.table === 'settings')) emitter.fire(current());
  });
  const service: Services['settings'] = {
    get: () => current(),
    set: async (given) => {
      const chosen = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      const value: Settings = { ...current(), ...chosen };
      await store.write({
        label: 'history.settings',
        capture: 'never',
        writes: [{ table: 'settings', id: 'settings', value }],
      });
      return value;
    },
    didChange: emitter.event,
  };
  return { service, dispose: () => subscription.dispose() };
};
