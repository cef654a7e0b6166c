/** The page may load only what it came with, run no inline code, and be framed by nobody. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A reading text is only ever fetched; opened as a page of its own it has no origin and runs nothing. */
const TEXT_POLICY = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; sandbox";

/** Everything with a permission of its own, but the clipboard, which the paste and copy buttons use. */
const UNUSED_FEATURES = [
  'accelerometer',
  'autoplay',
  'camera',
  'display-capture',
  'encrypted-media',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'window-management',
  'xr-spatial-tracking',
];

/** Headers of every response, whatever its status. */
const COMMON: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'DENY',
  'Permissions-Policy': UNUSED_FEATURES.map((feature) => `${feature}=()`).join(', '),
};

export interface ResponseKind {
  /** `text`: an article's reading text, which is imported and so hostile. */
  readonly policy: 'page' | 'text';
  /** `immutable`: named by a hash of its content. */
  readonly cache: 'none' | 'immutable';
}

/** The security headers of a response, item 7 of Electron's checklist among them. */
export const securityHeaders = ({ policy, cache }: ResponseKind): Readonly<Record<string, string>> => ({
  ...COMMON,
  'Content-Security-Policy': policy === 'page' ? PAGE_POLICY : TEXT_POLICY,
  'Cache-Control': cache === 'none' ? 'no-store' : 'private, max-age=31536000, immutable',
});
