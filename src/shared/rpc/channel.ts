/**
 * The one thing that the preload shares with the rest: the name under which the page asks for a port, the
 * preload passes the request on, and the port comes back.
 */
export const PORT_CHANNEL = 'hepatica:port';
/** The origin of the page in the desktop app, and so the only one that is handed a port. */
export const APP_ORIGIN = 'app://hepatica';
