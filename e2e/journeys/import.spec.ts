import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../drivers/fixtures';

const sample = readFileSync(join(import.meta.dirname, '../../resources/sample/europub-768460.txt'), 'utf8');
const SAMPLE_TITLE =
  'Influencing factors for the homing ability of mesenchymal stem cells in end-stage liver disease and optimization measures';

/** The sample as another article, which the library does not know. */
const another = (title = 'Homing of stem cells in another liver'): string =>
  sample.replace(SAMPLE_TITLE, title).replace('Yuxin LIU', 'Anna BERG');

/** The ways in come with a part of the page that is loaded after the list. */
const waysIn = (page: Page): Promise<void> => page.locator('input[type=file]').waitFor({ state: 'attached' });

/** Pastes as the keyboard does: what the browser does with Ctrl+V, without the system's clipboard. */
const paste = async (page: Page, text: string): Promise<void> => {
  await waysIn(page);
  await page.evaluate((pasted) => {
    const data = new DataTransfer();
    data.setData('text/plain', pasted);
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, text);
};

interface Dropped {
  readonly name: string;
  readonly bytes: readonly number[];
}
const fileOf = (name: string, content: string | Uint8Array): Dropped => ({
  name,
  bytes: [...(typeof content === 'string' ? Buffer.from(content) : content)],
});
const drop = async (page: Page, files: readonly Dropped[]): Promise<void> => {
  await waysIn(page);
  await page.evaluate((given) => {
    const data = new DataTransfer();
    for (const { name, bytes } of given)
      data.items.add(new File([new Uint8Array(bytes)], name, { type: 'text/plain' }));
    for (const type of ['dragenter', 'dragover', 'drop'])
      document.body.dispatchEvent(
        new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }),
      );
  }, files);
};

const field = (page: Page, name: string): Locator => page.getByRole('textbox', { name, exact: true });
/** In the reading frame: the article that was opened after saving. */
const articleTitle = (page: Page, name?: string): Locator =>
  page.frameLocator('iframe').getByRole('heading', { level: 1, ...(name === undefined ? {} : { name }) });
const saveButton = (page: Page): Locator => page.getByRole('button', { name: /^Save( |$)(?!all)/ });
const failures = (page: Page): Locator => page.getByRole('alert').filter({ hasText: 'could not be read' });

test('pastes the sample: every field in the preview, and after saving', async ({ app }) => {
  const { page } = app;
  await paste(page, sample.replace(SAMPLE_TITLE, `${SAMPLE_TITLE} again`));
  await expect(page.getByRole('heading', { name: 'Add articles', level: 1 })).toBeVisible();
  await expect(field(page, 'Title')).toHaveValue(`${SAMPLE_TITLE} again`);
  await expect(field(page, 'Journal')).toHaveValue('Journal of Clinical Hepatology');
  await expect(field(page, 'Authors')).toHaveValue('LIU, Yuxin\nZHANG, Liaoyun');
  for (const [name, value] of [
    ['Year', '2025'],
    ['Month', ''],
    ['Volume', '41'],
    ['Issue', '3'],
    ['Pages', ''],
    ['DOI', ''],
  ] as const)
    await expect(field(page, name)).toHaveValue(value);
  const abstract = await field(page, 'Abstract').inputValue();
  expect(abstract).toMatch(/^Mesenchymal stem cells \(MSCs\) have emerged/);
  expect(abstract).toMatch(/treatment of ESLD\.$/);
  const related = page.getByRole('region', { name: '5 related articles, kept as stubs' });
  await expect(related.getByRole('listitem')).toHaveCount(5);
  await expect(related.getByText('cut off', { exact: true })).toHaveCount(5);
  const source = page.getByRole('region', { name: 'Source text' });
  await expect(source.getByRole('listitem').filter({ hasText: 'Yuxin LIU, Liaoyun ZHANG' })).toContainText(
    'Authors',
  );
  await expect(source.getByRole('listitem').filter({ hasText: 'Journal Title:' })).toContainText('Journal');
  await field(page, 'Title').press('Control+Enter');
  await expect(articleTitle(page, `${SAMPLE_TITLE} again`)).toBeVisible();
  await expect(page.frameLocator('iframe').getByText('Yuxin LIU').first()).toBeVisible();
  await app.restart();
  await expect(app.page.getByText(`${SAMPLE_TITLE} again`).first()).toBeVisible();
});

test('saves corrected fields, and undo takes the article away again', async ({ app }) => {
  const { page } = app;
  await paste(page, another());
  await field(page, 'Title').fill('');
  await expect(page.getByText('An article needs a title.')).toBeVisible();
  await expect(saveButton(page)).toBeDisabled();
  await field(page, 'Title').fill('Corrected title');
  await field(page, 'Year').fill('25');
  await expect(page.getByText('A year has four digits.')).toBeVisible();
  await field(page, 'Year').fill('2024');
  await field(page, 'Authors').fill('Berg, Anna\nHBV Study Group');
  await saveButton(page).click();
  await expect(articleTitle(page, 'Corrected title')).toBeVisible();
  await expect(page.frameLocator('iframe').getByText('HBV Study Group').first()).toBeVisible();
  await page.getByRole('region', { name: 'Notifications' }).getByRole('button', { name: 'Undo' }).click();
  await page
    .getByRole('button', { name: /^Library/ })
    .first()
    .click();
  await expect(page.getByText('Corrected title')).toHaveCount(0);
});

test('cancels with Esc, and asks first where something was changed', async ({ app }) => {
  const { page } = app;
  await paste(page, another());
  await expect(field(page, 'Title')).toHaveValue('Homing of stem cells in another liver');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Add articles' })).toHaveCount(0);
  await paste(page, another());
  await field(page, 'Title').fill('Changed');
  await page.keyboard.press('Escape');
  await page
    .getByRole('dialog', { name: 'Discard your changes?' })
    .getByRole('button', { name: 'Discard' })
    .click();
  await expect(page.getByRole('heading', { name: 'Add articles' })).toHaveCount(0);
  await expect(page.getByText('Changed')).toHaveCount(0);
});

test('pastes into a text field as anywhere else', async ({ app }) => {
  const { page } = app;
  await page.evaluate(() => navigator.clipboard.writeText('stem cells'));
  const box = page
    .getByRole('searchbox')
    .or(page.getByRole('combobox', { name: /search/i }))
    .first();
  await box.focus();
  await page.keyboard.press('Control+V');
  await expect(box).toHaveValue('stem cells');
  await expect(page.getByRole('heading', { name: 'Add articles' })).toHaveCount(0);
});

test('reads the clipboard for the button, with real keys too', async ({ app }) => {
  const { page } = app;
  await waysIn(page);
  await page.evaluate((text) => navigator.clipboard.writeText(text), another('By the keyboard'));
  await page.getByRole('main').click({ position: { x: 2, y: 2 } });
  await page.keyboard.press('Control+V');
  await expect(field(page, 'Title')).toHaveValue('By the keyboard');
  await page.keyboard.press('Escape');
  await page.evaluate((text) => navigator.clipboard.writeText(text), another('By the button'));
  await page.getByRole('button', { name: 'Add article' }).click();
  await page.getByRole('menuitem', { name: /Paste/ }).click();
  await expect(field(page, 'Title')).toHaveValue('By the button');
});

test('takes what is pasted or dropped while the reading frame has the focus', async ({ app }) => {
  const { page } = app;
  await waysIn(page);
  await page.getByText(SAMPLE_TITLE).first().dblclick();
  await articleTitle(page).click();
  await page.evaluate((text) => navigator.clipboard.writeText(text), another('From the frame'));
  await page.keyboard.press('Control+V');
  await expect(field(page, 'Title')).toHaveValue('From the frame');
});

test.describe('the same page again', () => {
  test('is recognised; keeping changes nothing', async ({ app }) => {
    const { page } = app;
    await paste(page, sample);
    await expect(page.getByText('This article is in the library already')).toBeVisible();
    await expect(page.getByRole('radio', { name: /Keep what is there/ })).toBeChecked();
    await saveButton(page).click();
    await expect(page.getByText(/^Kept “/)).toBeVisible();
    await expect(articleTitle(page, SAMPLE_TITLE)).toBeVisible();
  });

  test('fills in missing fields', async ({ app }) => {
    const { page } = app;
    await paste(page, sample);
    await page.getByRole('radio', { name: /Fill in missing fields/ }).check();
    await field(page, 'Pages').fill('561-567');
    await field(page, 'Volume').fill('99');
    await saveButton(page).click();
    await expect(articleTitle(page, SAMPLE_TITLE)).toBeVisible();
    await expect(
      page
        .frameLocator('iframe')
        .getByText(/561.567/)
        .first(),
    ).toBeVisible();
    await expect(page.frameLocator('iframe').getByText(/\b99\b/)).toHaveCount(0);
  });

  test('is kept beside the first', async ({ app }) => {
    const { page } = app;
    await paste(page, sample);
    await page.getByRole('radio', { name: /Keep both/ }).check();
    await saveButton(page).click();
    await expect(articleTitle(page, SAMPLE_TITLE)).toBeVisible();
    await page
      .getByRole('button', { name: /^Library/ })
      .first()
      .click();
    await expect(page.getByText(SAMPLE_TITLE)).toHaveCount(2);
  });

  test('fills a stub in', async ({ app }) => {
    const { page } = app;
    const stub = 'Role and mechanism of caffeic acid in a mouse model of severe acute pancreatitis';
    await paste(page, another(stub));
    await expect(page.getByText('This article is in the library as a stub')).toBeVisible();
    await expect(page.getByRole('radio', { name: /Fill in missing fields/ })).toBeChecked();
    await saveButton(page).click();
    await expect(articleTitle(page, stub)).toBeVisible();
  });
});

test.describe('bad input', () => {
  const gb18030 = new Uint8Array([
    0xb8, 0xce, 0xd3, 0xb2, 0xbb, 0xaf, 0x0a, 0xd6, 0xd0, 0xd2, 0xa9, 0xd6, 0xce, 0xc1, 0xc6, 0xa1, 0xa3,
  ]);
  const latin1 = Buffer.from('Étude de la fibrose hépatique\nLe médecin a observé une élévation.', 'latin1');
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

  test('is refused in plain words that name the file', async ({ app }) => {
    const { page } = app;
    await drop(page, [
      fileOf('empty.txt', ''),
      fileOf('blank.txt', ' \n\n '),
      fileOf('picture.txt', png),
      fileOf(
        'noise.bin',
        Uint8Array.from({ length: 4000 }, (_, n) => (n * 7919) % 256),
      ),
    ]);
    await expect(failures(page).getByRole('listitem')).toHaveCount(4);
    for (const name of ['empty.txt', 'blank.txt', 'picture.txt', 'noise.bin'])
      await expect(failures(page).getByRole('listitem').filter({ hasText: name })).toHaveCount(1);
    await page.getByRole('button', { name: 'Dismiss', exact: true }).click();
    await expect(page.getByText('Nothing to add yet')).toBeVisible();
    await paste(page, ' ');
    await expect(failures(page)).toContainText('There is no text in the clipboard');
  });

  const rtl = '\u202Eدراسة عن تليف الكبد\u202C';
  for (const [name, content, title, said] of [
    ['one line', 'Just one line', 'Just one line', 'no shape that the app knows'],
    ['GB18030', gb18030, '肝硬化', 'Read as gb18030'],
    ['Latin-1', latin1, 'Étude de la fibrose hépatique', 'Are the characters right?'],
    ['NUL characters', 'Title with\u0000 a NUL\nAnd text.', 'Title with a NUL', 'NUL'],
    ['right to left', `${rtl}\nAnd text.`, /تليف/, 'no shape that the app knows'],
  ] as const) {
    test(`is understood as far as it goes: ${name}`, async ({ app }) => {
      const { page } = app;
      await drop(page, [fileOf('in.txt', content)]);
      await expect(field(page, 'Title')).toHaveValue(title);
      await expect(page.getByText(said).first()).toBeVisible();
      await saveButton(page).click();
      await expect(articleTitle(page)).toContainText(title);
    });
  }

  test('5 MB of text and a title of 10,000 characters are shown in part and kept whole', async ({ app }) => {
    const { page } = app;
    const long = 'Liver '.repeat(1700).trim();
    const body = 'Fibrosis is the scar of the liver. '.repeat(40);
    await waysIn(page);
    // Built in the page: what the test sends in would itself block it.
    await page.evaluate(
      ({ title, paragraph }) => {
        const text = `${title}\n${Array.from({ length: 3600 }, (_, n) => `${n} ${paragraph}`).join('\n')}`;
        const data = new DataTransfer();
        data.items.add(new File([text], 'large.txt', { type: 'text/plain' }));
        document.body.dispatchEvent(
          new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
        );
      },
      { title: long, paragraph: body },
    );
    await expect(field(page, 'Title')).toHaveValue(/^(Liver ?){40,}$/, { timeout: 20_000 });
    await expect(page.getByText(/more lines? (is|are) not shown/)).toBeAttached();
    await saveButton(page).click();
    await expect(page.getByText(/^Added “Liver Liver/)).toBeVisible({ timeout: 20_000 });
  });

  test('HTML stays text: nothing runs, nothing is asked for', async ({ app }) => {
    const { page } = app;
    const payload = `<img src=x onerror="window.hit=1"><script>window.hit=1</script><svg onload=window.hit=1>"'><a href=javascript:hit>`;
    const requests: string[] = [];
    page.on('request', (request) => requests.push(new URL(request.url()).pathname));
    await paste(
      page,
      `${payload} title\nJournal Title: ${payload} - Year 2025, Vol 41, Issue 3\nAbstract\n${payload} abstract.\nAuthors and Affiliations\n${payload} LIU`,
    );
    await expect(field(page, 'Title')).toHaveValue(`${payload} title`);
    await saveButton(page).click();
    await expect(articleTitle(page)).toContainText('<script>');
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => 'hit' in window)).toBe(false);
    expect(requests.filter((path) => !/^\/(upload|assets\/|reading\/)/.test(path))).toEqual([]);
  });
});

test('many files: one after another, left out, and all at once', async ({ app }) => {
  const { page } = app;
  const files = Array.from({ length: 25 }, (_, n) => fileOf(`page-${n}.txt`, another(`Article number ${n}`)));
  await drop(page, [...files, fileOf('bad.txt', '')]);
  await expect(page.getByText('1 of 25')).toBeVisible();
  await page.getByRole('button', { name: 'Next text' }).click();
  await expect(field(page, 'Title')).toHaveValue('Article number 1');
  await page.getByRole('button', { name: 'Leave out' }).click();
  await expect(page.getByText('2 of 24')).toBeVisible();
  await expect(field(page, 'Title')).toHaveValue('Article number 2');
  await saveButton(page).click();
  await expect(page.getByText('Added “Article number 2”')).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss', exact: true }).first().click();
  await page.getByRole('button', { name: 'Save all 23' }).click();
  await expect(page.getByText('23 articles added or filled in')).toBeVisible();
  await page
    .getByRole('button', { name: /^Library/ })
    .first()
    .click();
  await expect(page.getByText('Article number 24', { exact: true })).toBeVisible();
  await expect(page.getByText('Article number 1', { exact: true })).toHaveCount(0);
});

test('a file of PubMed records that fits into no one answer becomes as many articles', async ({ app }) => {
  const { page } = app;
  const records = Array.from({ length: 40 }, (_, at) =>
    [
      `${at + 1}. Gut. 2023 Dec;72(12):${at + 1}-${at + 9}. doi: 10.99999/gut.${at}.`,
      `Record number ${at} about the liver.`,
      'Jensen K, Olsen P.',
      'The liver is well. '.repeat(1500).trim(),
      `DOI: 10.99999/gut.${at}\nPMID: ${90_000 + at}`,
    ].join('\n\n'),
  );
  const buffer = Buffer.from(records.join('\n\n\n'));
  await waysIn(page);
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'pubmed.txt', mimeType: 'text/plain', buffer });
  await expect(page.getByText('1 of 40')).toBeVisible({ timeout: 30_000 });
  await expect(field(page, 'Title')).toHaveValue('Record number 0 about the liver');
  await page.getByRole('button', { name: 'Save all 40' }).click();
  await expect(page.getByText('40 articles added or filled in')).toBeVisible({ timeout: 30_000 });
  await page
    .getByRole('button', { name: /^Library/ })
    .first()
    .click();
  await expect(page.getByText('46 articles', { exact: true })).toBeVisible();
});

test('what waits can be found again from another view', async ({ app }) => {
  const { page } = app;
  await paste(page, another());
  await expect(field(page, 'Title')).toBeVisible();
  await page
    .getByRole('button', { name: /^Library/ })
    .first()
    .click();
  await expect(page.getByText('1 text waits to be added')).toBeVisible();
  await page.getByRole('button', { name: 'Review' }).click();
  await expect(field(page, 'Title')).toHaveValue('Homing of stem cells in another liver');
});
