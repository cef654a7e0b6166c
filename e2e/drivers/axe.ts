import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * What axe finds wrong in the page and its frames, one line each: the rule and where. A frame that it could not look
 * into counts as wrong too.
 */
export const violations = async (page: Page): Promise<string[]> => {
  const { violations: found, incomplete } = await new AxeBuilder({ page }).analyze();
  const untested = incomplete.filter(({ id }) => id === 'frame-tested');
  return [...found, ...untested].flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id} ${target.join(' > ')}`),
  );
};
