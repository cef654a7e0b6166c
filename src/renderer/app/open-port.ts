import type { Port } from '#shared/rpc/port';
import { openMessagePort } from './message-port';
import { openWebSocketPort } from './web-socket-port';

/** What the desktop app's preload hands over, besides the port. */
export interface DesktopBridge {
  /** The path of a file that was dropped or picked, empty when it has none. */
  pathForFile(file: File): string;
}

declare global {
  interface Window {
    /** Present in the desktop app only. */
    readonly hepaticaHost?: DesktopBridge;
  }
}

/** A port to the services of whichever host shows this page. */
export const openPort = (): Promise<Port> =>
  window.hepaticaHost === undefined ? openWebSocketPort('/rpc') : openMessagePort();
