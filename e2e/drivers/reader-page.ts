import { expect, type FrameLocator, type Locator } from '@playwright/test';
import type { RunningApp } from './fixtures';

export type Colour = 'Finding' | 'Method' | 'Doubt' | 'To cite';

const COLOURS: Readonly<Record<Colour, string>> = {
  Finding: 'finding',
  Method: 'method',
  Doubt: 'doubt',
  'To cite': 'to-cite',
};

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What a reader does with an open article, by the names that the page shows. */
export class ReaderPage {
  readonly #app: RunningApp;

  constructor(app: RunningApp) {
    this.#app = app;
  }

  get page() {
    return this.#app.page;
  }

  /** The reading frame. */
  get frame(): FrameLocator {
    return this.page.frameLocator('iframe[title^="Article:"]');
  }

  get text(): Locator {
    return this.frame.locator('main');
  }

  get toolbar(): Locator {
    return this.page.getByRole('toolbar', { name: 'Mark the selected passage' });
  }

  get panel(): Locator {
    return this.page.getByRole('region', { name: 'Annotations' });
  }

  get annotations(): Locator {
    return this.panel.locator('blockquote');
  }

  /** Opens an article of the library by its title. */
  async open(title: string | RegExp): Promise<void> {
    await this.page.getByRole('listbox').getByText(title).first().click();
    await this.page.keyboard.press('Enter');
    await this.isOpen();
  }

  /** Opens an article of the library with the arrow keys and Enter. */
  async openByKeyboard(title: RegExp): Promise<void> {
    const list = this.page.getByRole('listbox');
    await list.focus();
    await this.page.keyboard.press('Home');
    await expect(async () => {
      const id = await list.getAttribute('aria-activedescendant');
      const row = (await this.page.locator(`[id="${id}"]`).textContent()) ?? '';
      if (!title.test(row)) await this.page.keyboard.press('ArrowDown');
      expect(row).toMatch(title);
    }).toPass({ intervals: [50] });
    await this.page.keyboard.press('Enter');
    await this.isOpen();
  }

  /** The reading frame with its text in it. */
  get shown(): Locator {
    return this.page.locator('iframe[title^="Article:"][data-shown="true"]');
  }

  async isOpen(): Promise<void> {
    await expect(this.shown).toBeVisible();
  }

  /** Selects the first place of the words, as a script would: for journeys that are not about selecting. */
  async select(words: string): Promise<void> {
    await this.text.evaluate((root, wanted) => {
      const { document } = root.ownerDocument.defaultView ?? window;
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const nodes: { node: Text; start: number }[] = [];
      let all = '';
      for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
        nodes.push({ node, start: all.length });
        all += node.data;
      }
      const at = all.indexOf(wanted);
      if (at === -1) throw new Error(`the text has no ${wanted}`);
      const find = (offset: number) => nodes.findLast(({ start }) => start <= offset);
      const first = find(at);
      const last = find(at + wanted.length - 1);
      if (!first || !last) throw new Error('the text is empty');
      document
        .getSelection()
        ?.setBaseAndExtent(first.node, at - first.start, last.node, at + wanted.length - last.start);
    }, words);
    await expect(this.toolbar).toBeVisible();
  }

  /** Where the words are in the page, one box for each line that they stand on; they must be in one text node. */
  async linesOf(words: string): Promise<Box[]> {
    const boxes = await this.text.evaluate((root, wanted) => {
      const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
        const at = node.data.indexOf(wanted);
        if (at === -1) continue;
        const range = root.ownerDocument.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + wanted.length);
        return [...range.getClientRects()].map(({ x, y, width, height }) => ({ x, y, width, height }));
      }
      throw new Error(`the text has no ${wanted}`);
    }, words);
    const frame = await this.page.locator('iframe[title^="Article:"]').boundingBox();
    if (frame === null) throw new Error('no article is open');
    return boxes.map((box) => ({ ...box, x: frame.x + box.x, y: frame.y + box.y }));
  }

  /** Where the first line of the words is in the page. */
  async rectOf(words: string): Promise<Box> {
    const [first] = await this.linesOf(words);
    if (first === undefined) throw new Error(`${words} is not shown`);
    return first;
  }

  async scrollTo(words: string): Promise<void> {
    const { y } = await this.rectOf(words);
    await this.text.evaluate((root, by) => root.ownerDocument.defaultView?.scrollBy(0, by), y - 300);
  }

  /** Drags the mouse over the words. */
  async drag(words: string): Promise<void> {
    const lines = await this.linesOf(words);
    const [first, last] = [lines[0], lines.at(-1)];
    if (first === undefined || last === undefined) throw new Error(`${words} is not shown`);
    await this.#dragMouse(
      { x: first.x + 1, y: first.y + first.height / 2 },
      { x: last.x + last.width - 1, y: last.y + last.height / 2 },
    );
  }

  async clickOn(words: string): Promise<void> {
    const { x, y, width, height } = await this.rectOf(words);
    await this.page.mouse.click(x + width / 2, y + height / 2);
  }

  /**
   * Playwright's own mouse hangs when it drags over a frame without scripts: it waits there for a timer. So the
   * events are sent as the browser's input themselves.
   */
  async #dragMouse(from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
    const input = await this.page.context().newCDPSession(this.page);
    const send = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', x: number, y: number) =>
      input.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', buttons: 1, clickCount: 1 });
    await input.send('Input.dispatchMouseEvent', { type: 'mouseMoved', ...from });
    await send('mousePressed', from.x, from.y);
    for (const step of [0.25, 0.5, 0.75, 1])
      await send('mouseMoved', from.x + (to.x - from.x) * step, from.y + (to.y - from.y) * step);
    await send('mouseReleased', to.x, to.y);
    await input.detach();
  }

  /** Highlights what is selected, with the mouse. */
  async highlight(colour: Colour): Promise<void> {
    await this.toolbar.getByRole('button', { name: colour }).click();
  }

  /** Writes a note to what is selected, and leaves the note. */
  async addNote(note: string): Promise<void> {
    await this.toolbar.getByRole('button', { name: 'Add a note' }).click();
    const field = this.panel.getByRole('textbox', { name: 'Note, in Markdown' });
    await field.fill(note);
    await field.press('Control+Enter');
    await expect(field).toBeHidden();
  }

  async undo(): Promise<void> {
    await this.page.keyboard.press('Control+Z');
  }

  /** The words that are painted in a colour, in text order; overlapping ones each by themselves. */
  async painted(colour: Colour): Promise<string[]> {
    return this.text.evaluate((root, name) => {
      const { CSS } = root.ownerDocument.defaultView as Window & typeof globalThis;
      const words: { at: Range; text: string }[] = [];
      for (const [key, highlight] of CSS.highlights)
        if (key.startsWith(`${name}-`))
          for (const range of highlight) words.push({ at: range as Range, text: String(range) });
      words.sort((a, b) => a.at.compareBoundaryPoints(0, b.at) || a.text.length - b.text.length);
      return words.map(({ text }) => text);
    }, COLOURS[colour]);
  }

  /** How many ranges a named highlight has. */
  async ranges(name: string): Promise<number> {
    return this.text.evaluate((root, wanted) => {
      const { CSS } = root.ownerDocument.defaultView as Window & typeof globalThis;
      return CSS.highlights.get(wanted)?.size ?? 0;
    }, name);
  }

  /** The words of a named highlight. */
  async wordsOf(name: string): Promise<string[]> {
    return this.text.evaluate((root, wanted) => {
      const { CSS } = root.ownerDocument.defaultView as Window & typeof globalThis;
      return [...(CSS.highlights.get(wanted) ?? [])].map((range) => String(range));
    }, name);
  }

  /** Whether the first place of the words is in the part of the text that is in sight. */
  async isInView(words: string): Promise<boolean> {
    const { y, height } = await this.rectOf(words);
    const frame = await this.page.locator('iframe[title^="Article:"]').boundingBox();
    return frame !== null && y >= frame.y && y + height <= frame.y + frame.height;
  }

  /** The id of the first block in sight. */
  async topBlock(): Promise<string | undefined> {
    return this.text.evaluate((root) => {
      const blocks = [...root.querySelectorAll<HTMLElement>('[id^="b"]')];
      return blocks.find((block) => block.getBoundingClientRect().bottom > 16)?.id;
    });
  }

  /** Presses a key in the frame, and counts the frames until so many marks are painted. */
  async framesUntilPainted(key: string, marks: number): Promise<number> {
    // From the page: the frame calls nothing back that was made in it.
    return this.page.evaluate(
      ({ key, marks }) =>
        new Promise<number>((resolve) => {
          const view = document.querySelector('iframe')?.contentWindow as Window & typeof globalThis;
          const colours = /^(finding|method|doubt|to-cite)-/;
          let frames = 0;
          const look = (): void => {
            frames += 1;
            let painted = 0;
            for (const [name, highlight] of view.CSS.highlights)
              if (colours.test(name)) painted += highlight.size;
            if (painted >= marks || frames > 300) resolve(frames);
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
          view.document.dispatchEvent(
            new view.KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
          );
        }),
      { key, marks },
    );
  }
}
