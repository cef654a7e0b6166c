import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { APP_ORIGIN, PORT_CHANNEL } from '#shared/rpc/channel';

// The page asks with a plain message; whether it gets a port is decided by the main process, by its frame.
window.addEventListener('message', ({ source, origin, data, ports }: MessageEvent<unknown>) => {
  if (source !== window || origin !== APP_ORIGIN || data !== PORT_CHANNEL || ports.length > 0) return;
  ipcRenderer.send(PORT_CHANNEL);
});

// The event itself stays here: it would carry Electron's own objects into the page.
ipcRenderer.on(PORT_CHANNEL, ({ ports }) => window.postMessage(PORT_CHANNEL, APP_ORIGIN, [...ports]));

contextBridge.exposeInMainWorld('hepaticaHost', {
  pathForFile: (file: File): string => webUtils.getPathForFile(file),
});
