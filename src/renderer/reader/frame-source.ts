import articleCss from '../styles/article.css?url&no-inline';
import tokensCss from '../styles/tokens.css?url&no-inline';

const link = (url: string): string => `<link rel="stylesheet" href="${url}">`;

/** Where the page puts what is around the text: title and notices before it, related articles after it. */
export const FRONT_ID = 'front';
export const TEXT_ID = 'text';
export const BACK_ID = 'back';

/**
 * The document of the reading frame. `html` is a reading text as the service wrote it; the frame's sandbox and
 * the page's policy keep it from running anything, should it ever hold more than text.
 */
export const frameSource = (html: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8">${link(tokensCss)}${link(articleCss)}</head>` +
  `<body><div id="${FRONT_ID}"></div><main id="${TEXT_ID}">${html}</main><div id="${BACK_ID}"></div></body></html>`;
