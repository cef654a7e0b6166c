import { AxeBuilder } from '@axe-core/playwright';
import type { Frame, Page } from '@playwright/test';

type Results = Awaited<ReturnType<AxeBuilder['analyze']>>;

const COPY = '/copy-of-the-reading-frame';

/** Each as `rule: where`, so that a failure can be read. A frame that was left out counts as well. */
const complaintsOf = ({ violations, incomplete }: Results): string[] =>
  [...violations, ...incomplete.filter((each) => each.id === 'frame-tested')].flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
  );

/**
 * axe runs on timers, which a frame without scripts does not have: so the frame's document, as it stands, with
 * its own style sheet and at its own size, is shown in a page of its own and checked there.
 */
const inReadingFrame = async (page: Page, frame: Frame): Promise<string[]> => {
  const box = await (await frame.frameElement()).boundingBox();
  const html = await frame.content();
  const copy = await page.context().newPage();
  try {
    if (box !== null)
      await copy.setViewportSize({ width: Math.round(box.width), height: Math.round(box.height) });
    await copy.route(`**${COPY}`, (route) =>
      route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }),
    );
    await copy.goto(new URL(COPY, page.url()).href);
    // The frame lies in the page's main landmark; on its own it would need landmarks of its own.
    return complaintsOf(await new AxeBuilder({ page: copy }).disableRules(['region']).analyze());
  } finally {
    await copy.close();
  }
};

/** What axe finds on the page as it is shown, the reading frame included. */
export const axeComplaints = async (page: Page): Promise<string[]> => {
  const frames = page.frames().filter((frame) => frame !== page.mainFrame() && !frame.isDetached());
  // The heading of an article is in its frame, where it is looked for.
  const elsewhere = frames.length > 0 ? ['page-has-heading-one'] : [];
  const outer = new AxeBuilder({ page }).exclude('iframe').disableRules(elsewhere);
  const own = complaintsOf(await outer.analyze());
  const inFrames = await Promise.all(frames.map((frame) => inReadingFrame(page, frame)));
  return [...own, ...inFrames.flat()];
};
