import { type IpcMainEvent, ipcMain, MessageChannelMain, type MessagePortMain } from 'electron';
import { hepatica } from '#shared/contract/hepatica';
import { toDisposable } from '#shared/lib/disposable';
import { PORT_CHANNEL } from '#shared/rpc/channel';
import { serve } from '#shared/rpc/serve';
import type { Module } from './context';
import { acceptPages, type ElectronEdge } from './page-ports';

/** The one place where the raw IPC of Electron is used; who may ask is decided in page-ports.ts. */
const electronEdge: ElectronEdge<MessagePortMain> = {
  onRequest(listener) {
    const asked = ({ senderFrame }: IpcMainEvent): void =>
      listener({
        origin: senderFrame?.origin,
        isTopFrame: senderFrame?.parent === null,
        handOver: (port) => senderFrame?.postMessage(PORT_CHANNEL, null, [port]),
      });
    ipcMain.on(PORT_CHANNEL, asked);
    return toDisposable(() => ipcMain.off(PORT_CHANNEL, asked));
  },
  createChannel: () => new MessageChannelMain(),
};

/** Item 17: serves the contract to the app's own page. */
export const transport: Module = ({ services, onBug }) =>
  acceptPages(electronEdge, (port) => serve(port, hepatica, services, { onBug }));
