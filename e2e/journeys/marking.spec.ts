import { expect, test } from '../drivers/fixtures';

const SAMPLE = /Influencing factors for the homing ability/;

test('marks that overlap, a note and an undo are all there after a restart', async ({ app, reader }) => {
  await reader.open(SAMPLE);
  const before = await reader.text.innerHTML();
  await reader.drag('promising cellular therapy');
  await reader.highlight('Finding');
  await reader.select('cellular therapy for end-stage liver disease');
  await reader.highlight('Doubt');
  await reader.select('therapy for end-stage');
  await reader.highlight('Finding');
  await reader.select('robust self-regenerative');
  await reader.addNote('See **Li** 2024');
  await expect(reader.panel.getByRole('listitem').filter({ hasText: 'See Li 2024' })).toBeVisible();

  await reader.select('immunomodulatory characteristics');
  await reader.highlight('Method');
  await expect.poll(() => reader.painted('Method')).toEqual(['immunomodulatory characteristics']);
  await reader.undo();
  await expect.poll(() => reader.painted('Method')).toEqual([]);

  const finding = ['promising cellular therapy', 'therapy for end-stage', 'robust self-regenerative'];
  const isAllThere = async () => {
    await expect.poll(() => reader.painted('Finding')).toEqual(finding);
    expect(await reader.painted('Doubt')).toEqual(['cellular therapy for end-stage liver disease']);
    // Two of one colour that overlap are two layers, so that both can be seen.
    expect([await reader.ranges('finding-0'), await reader.ranges('finding-1')]).toEqual([2, 1]);
    expect(await reader.ranges('noted')).toBe(1);
    expect(await reader.text.innerHTML()).toBe(before);
    await expect(reader.annotations).toHaveText([
      'promising cellular therapy',
      'cellular therapy for end-stage liver disease',
      'therapy for end-stage',
      'robust self-regenerative',
    ]);
  };
  await isAllThere();
  await app.restart();
  await reader.open(SAMPLE);
  await isAllThere();
  await expect(reader.panel.getByText('See Li 2024')).toBeVisible();
});

test('a note shows tables and tasks, and one tilde as a range', async ({ reader }) => {
  await reader.open(SAMPLE);
  await reader.select('robust self-regenerative');
  await reader.addNote('| Drug | Dose |\n| --- | --- |\n| UDCA | 13~15 mg/kg, 2~3 times |\n\n- [x] read');
  await expect(reader.panel.getByRole('row')).toHaveText(['DrugDose', 'UDCA13~15 mg/kg, 2~3 times']);
  await expect(reader.panel.getByRole('checkbox')).toBeChecked();
  await expect(reader.panel.locator('del')).toHaveCount(0);
});

test('a mark crosses from a heading into a paragraph', async ({ reader }) => {
  await reader.open(/Value of third lumbar/);
  await reader.select('ObjectiveTo investigate the value');
  await reader.highlight('To cite');
  await expect.poll(() => reader.painted('To cite')).toEqual(['ObjectiveTo investigate the value']);
  await expect(reader.annotations).toHaveText(['Objective\nTo investigate the value'], {
    useInnerText: true,
  });
});

test('an annotation is changed, found by a click, deleted, and brought back by the toast', async ({
  app,
  reader,
}) => {
  await reader.open(SAMPLE);
  await reader.select('promising cellular therapy');
  await reader.highlight('Finding');
  await reader.panel.getByRole('combobox', { name: 'Colour' }).selectOption('Doubt');
  await expect.poll(() => reader.painted('Doubt')).toEqual(['promising cellular therapy']);
  await reader.panel.getByRole('textbox', { name: 'Add a tag' }).fill('cells');
  await reader.panel.getByRole('textbox', { name: 'Add a tag' }).press('Enter');
  await expect(reader.panel.getByText('cells', { exact: true })).toBeVisible();

  expect(await reader.ranges('active')).toBe(0);
  await reader.clickOn('promising cellular therapy');
  await expect.poll(() => reader.ranges('active')).toBe(1);
  await expect(reader.panel.locator('[aria-current="true"]')).toHaveCount(1);

  await reader.panel.getByRole('button', { name: 'Delete annotation' }).click();
  await expect.poll(() => reader.painted('Doubt')).toEqual([]);
  await app.page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => reader.painted('Doubt')).toEqual(['promising cellular therapy']);
  await expect(reader.panel.getByText('cells', { exact: true })).toBeVisible();
});

test('the keyboard alone opens, selects, marks, writes a note and takes it back', async ({ app, reader }) => {
  const { page } = app;
  const { keyboard } = page;
  await reader.openByKeyboard(SAMPLE);

  await keyboard.press('F7');
  await expect(page.getByText('Keyboard selection:')).toBeVisible();
  await keyboard.press('Control+ArrowRight');
  for (let word = 0; word < 2; word += 1) await keyboard.press('Control+Shift+ArrowRight');
  await expect(reader.toolbar).toBeVisible();
  await keyboard.press('2');
  await expect.poll(() => reader.painted('Method')).toEqual(['stem cells']);

  for (let word = 0; word < 3; word += 1) await keyboard.press('Control+Shift+ArrowRight');
  await keyboard.press('Tab');
  await expect(reader.toolbar.getByRole('button', { name: 'Finding' })).toBeFocused();
  await keyboard.press('ArrowRight');
  await keyboard.press('ArrowRight');
  await expect(reader.toolbar.getByRole('button', { name: 'Doubt' })).toBeFocused();
  await keyboard.press('Enter');
  await expect.poll(async () => (await reader.painted('Doubt')).length).toBe(1);

  for (let word = 0; word < 3; word += 1) await keyboard.press('Control+Shift+ArrowRight');
  await keyboard.press('n');
  await expect(reader.panel.getByRole('textbox', { name: 'Note, in Markdown' })).toBeFocused();
  await keyboard.type('by hand');
  await keyboard.press('Control+Enter');
  await expect(reader.panel.getByText('by hand')).toBeVisible();
  await expect.poll(() => reader.ranges('noted')).toBe(1);
  await expect(page.locator('iframe')).toBeFocused();

  await keyboard.press('Control+z');
  await expect.poll(() => reader.ranges('noted')).toBe(0);
  await expect(reader.annotations).toHaveCount(3);
  await keyboard.press('Control+z');
  await expect(reader.annotations).toHaveCount(2);
  await keyboard.press('Escape');
  await expect(page.getByText('Keyboard selection:')).toBeHidden();
});

test('a note is kept when the page is left in mid-typing', async ({ app, reader }) => {
  await reader.open(SAMPLE);
  await reader.select('promising cellular therapy');
  await reader.toolbar.getByRole('button', { name: 'Add a note' }).click();
  await reader.panel.getByRole('textbox', { name: 'Note, in Markdown' }).fill('half a thou');
  await app.page.goto('about:blank');
  await app.restart();
  await reader.open(SAMPLE);
  await expect(reader.panel.getByText('half a thou')).toBeVisible();
});

test('a mark that could not be stored is taken back, and the page says so', async ({ app, reader }) => {
  await app.page.routeWebSocket(/.*/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      if (String(message).includes('TextQuoteSelector')) void socket.close({ code: 1011 });
      else server.send(message);
    });
  });
  await app.page.reload();
  await reader.open(SAMPLE);
  await reader.select('promising cellular therapy');
  await reader.highlight('Finding');
  await expect(app.page.getByText('The annotation could not be saved')).toBeVisible();
  await expect.poll(() => reader.painted('Finding')).toEqual([]);
  await expect(reader.annotations).toHaveCount(0);
});

test('the toolbar stays inside the frame, above or below what is selected', async ({ app, reader }) => {
  await app.page.setViewportSize({ width: 800, height: 600 });
  await reader.open(SAMPLE);
  const frame = await app.page.locator('iframe').boundingBox();
  for (const words of ['Mesenchymal stem cells', 'disease', 'paracrine', 'treatment of ESLD.']) {
    await reader.scrollTo(words);
    await reader.select(words);
    // The toolbar follows the selection a frame later.
    await expect(async () => {
      const box = await reader.toolbar.boundingBox();
      if (frame === null || box === null) throw new Error('nothing to measure');
      expect(box.x).toBeGreaterThanOrEqual(frame.x);
      expect(box.y).toBeGreaterThanOrEqual(frame.y);
      expect(box.x + box.width).toBeLessThanOrEqual(frame.x + frame.width);
      expect(box.y + box.height).toBeLessThanOrEqual(frame.y + frame.height);
      const selected = await reader.rectOf(words);
      const covers = box.y < selected.y + selected.height && box.y + box.height > selected.y;
      expect(covers, `the toolbar covers ${words}`).toBe(false);
    }).toPass({ timeout: 3_000 });
  }
});

const NOW = 'Serum HBV RNA was measured at week 48. Levels fell in both groups. Treatment was stopped early.';
const BEFORE = `${NOW} Levels rose again in three patients who had stopped.`;

test.describe('a text that has changed', () => {
  test.use({
    seed: {
      articles: [
        {
          title: 'Changed',
          fields: { abstract: `New first sentence. ${NOW}` },
          marks: [
            { words: 'Levels fell in both groups', before: BEFORE },
            { words: 'Levels rose again', before: BEFORE, note: 'to be checked' },
          ],
        },
      ],
    },
  });

  test('says which marks were found again, and keeps those that were not, with the reason', async ({
    app,
    reader,
  }) => {
    await reader.open('Changed');
    await expect.poll(() => reader.painted('Finding')).toEqual(['Levels fell in both groups']);
    const found = reader.panel.getByRole('listitem').filter({ hasText: 'Levels fell' });
    await expect(found).toContainText('Found again in a changed text');
    await expect(reader.panel.getByRole('heading', { name: 'Not found in this text' })).toBeVisible();
    const lost = reader.panel.getByRole('listitem').filter({ hasText: 'Levels rose again' });
    await expect(lost).toContainText('The words no longer stand in the text.');
    await expect(lost).toContainText('to be checked');
    await lost.getByRole('button', { name: 'Delete annotation' }).click();
    await expect(lost).toBeHidden();
    await app.page.getByRole('button', { name: 'Undo' }).click();
    await expect(lost).toBeVisible();
  });
});
