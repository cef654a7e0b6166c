import type { Frame, Page } from '@playwright/test';

/** What hostile content would do to a page, each as it was seen. All are empty where nothing happened. */
export interface Watch {
  /** Dialogs, `print`, windows that were opened, and places that the page was led to. */
  readonly executions: string[];
  /** To anything but the app itself and what the app itself asks for. Each was held back. */
  readonly requests: string[];
  /** What the browser says it refused: a policy or a sandbox was needed to stop it. */
  readonly refusals: string[];
  /** Elements of the page and its frames as they are now that run or load something. */
  elements(): Promise<string[]>;
}

/** What the page of the app asks for by itself. */
const OWN_PATH = /^\/($|assets\/|reading\/|upload$|rpc$)/;

const PRINTED = 'hepatica watch: print';

const hostileElements = (frame: Frame): Promise<string[]> =>
  frame.evaluate(() => {
    const runs = (element: Element): boolean =>
      element.matches(
        'body script, iframe:not([sandbox="allow-same-origin"]), object, embed, form[action], base',
      ) ||
      [...element.attributes].some(
        ({ name, value }) => /^on/i.test(name) || /^\s*(javascript|vbscript|data:text)/i.test(value),
      ) ||
      /^(https?:)?\/\//i.test(element.getAttribute('src') ?? '');
    return [...document.querySelectorAll('*')].filter(runs).map((element) => element.outerHTML.slice(0, 200));
  });

/** Watches a page from its next load on. Whatever goes elsewhere is held back, so that it is seen and goes nowhere. */
export const watch = async (page: Page): Promise<Watch> => {
  const executions: string[] = [];
  const requests: string[] = [];
  const refusals: string[] = [];
  const { host } = new URL(page.url());
  await page.addInitScript((said) => {
    window.print = () => console.info(said);
  }, PRINTED);
  page.on('dialog', (dialog) => {
    executions.push(`${dialog.type()} ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('popup', (popup) => executions.push(`window ${popup.url()}`));
  page.on('console', (message) => {
    const text = message.text();
    if (text === PRINTED) executions.push('print');
    else if (/content security policy|blocked script|sandboxed/i.test(text)) refusals.push(text);
  });
  page.on('framenavigated', (frame) => {
    const { href, pathname } = new URL(frame.url());
    if (frame === page.mainFrame() ? pathname !== '/' : href !== 'about:srcdoc')
      executions.push(`led to ${href}`);
  });
  await page.route('**', async (route) => {
    const url = new URL(route.request().url());
    const isOwn = url.host === host && OWN_PATH.test(url.pathname);
    if (isOwn || /^(data|blob):$/.test(url.protocol)) return route.continue();
    requests.push(url.href);
    return route.abort();
  });
  return {
    executions,
    requests,
    refusals,
    elements: async () => (await Promise.all(page.frames().map(hostileElements))).flat(),
  };
};
