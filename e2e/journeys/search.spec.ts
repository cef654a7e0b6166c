import { expect, test } from '../drivers/fixtures';
import { SearchPage } from '../drivers/search-page';

const BLOCKS = Array.from({ length: 40 }, (_, n) => ({
  level: 0,
  text: `Paragraph ${n}: patients with compensated cirrhosis were followed for two years.`,
}));

const HTML_TITLE = '<b onclick=alert(1)>Bold</b> claims <script>alert(2)</script> about statins';

const articles = [
  {
    title: 'Chronic hepatitis B in adolescents',
    fields: {
      abstract: 'Peginterferon was given to adolescents for 48 weeks. Surface antigen was lost in a fifth.',
    },
    marks: [{ words: 'lost in a fifth', note: 'Compare with the Taipei cohort' }],
  },
  {
    title: '间充质干细胞归巢能力的影响因素',
    fields: {
      language: 'zh',
      abstract:
        '间充质干细胞已成为终末期肝病的一种有前景的细胞疗法。归巢效率仍然很低，门静脉输注可以提高归巢效率。',
    },
  },
  {
    title: 'Long-term follow-up of compensated disease',
    fields: { abstract: 'A cohort.' },
    body: [...BLOCKS, { level: 0, text: 'One patient developed a cholangiocarcinoma late.' }],
  },
  { title: HTML_TITLE, fields: { abstract: 'Statins were not harmful.' } },
];

test.use({ seed: { articles } });

/** `opened` is the passage at which Enter opens the article, and which is painted there. */
const cases = [
  {
    name: 'English, in the abstract',
    words: 'peginterferon',
    title: 'Chronic hepatitis B in adolescents',
    field: 'Abstract',
    marks: ['Peginterferon'],
    opened: 'Peginterferon',
  },
  {
    name: 'a word that is only begun',
    words: 'cholangioc',
    title: 'Long-term follow-up of compensated disease',
    field: 'Text',
    marks: ['cholangiocarcinoma'],
    opened: 'cholangiocarcinoma',
  },
  {
    name: 'Chinese',
    words: '门静脉',
    title: '间充质干细胞归巢能力的影响因素',
    field: 'Abstract',
    marks: ['门静脉'],
    opened: '门静脉',
  },
  {
    name: 'a note',
    words: 'taipei cohort',
    title: 'Chronic hepatitis B in adolescents',
    field: 'Your note',
    marks: ['Taipei', 'cohort'],
    opened: 'lost in a fifth',
  },
  {
    name: 'a title that holds HTML, shown as text',
    words: 'bold claims',
    title: HTML_TITLE,
    field: 'Title',
    marks: ['Bold', 'claims'],
    opened: undefined,
  },
] as const;

for (const { name, words, title, field, marks, opened } of cases)
  test(`finds, marks and opens: ${name}`, async ({ app, reader }) => {
    const search = new SearchPage(app);
    await search.find(words);
    // What has some of the words comes after it.
    const best = search.results.first();
    await expect(best).toContainText(title);
    await expect(best).toContainText(field);
    await expect(best.locator('mark')).toHaveText([...marks]);
    await expect(best.locator('b, script')).toHaveCount(0);

    await app.page.keyboard.press('Enter');
    await reader.isOpen();
    await expect(reader.frame.getByRole('heading', { level: 1 })).toHaveText(title);
    if (opened === undefined) return;
    await expect.poll(() => reader.wordsOf('find-current')).toEqual([opened]);
    await expect.poll(() => reader.isInView(opened)).toBe(true);
    // A note was found: it is also the one that stands out, in the panel too.
    expect(await reader.wordsOf('active')).toEqual(field === 'Your note' ? [opened] : []);
  });

test('results follow what is typed; arrows, Escape and Enter act on them', async ({ app, reader }) => {
  const { keyboard } = app.page;
  const search = new SearchPage(app);
  for (const [words, count] of [
    ['compensated', 1],
    ['xylophone', 0],
    ['c', 3],
  ] as const) {
    await search.find(words);
    await expect(search.results).toHaveCount(count);
    await expect(app.page.getByText('Nothing was found.')).toHaveCount(count === 0 ? 1 : 0);
  }
  const second = search.results.nth(1);
  await keyboard.press('ArrowDown');
  await expect(second).toHaveAttribute('aria-selected', 'true');
  await expect(search.box).toHaveAttribute('aria-activedescendant', (await second.getAttribute('id')) ?? '');
  const title = (await second.locator('span').first().textContent()) ?? '';
  await keyboard.press('Escape');
  await expect(search.results).toHaveCount(0);
  await expect(search.box).toHaveValue('c');
  await keyboard.press('ArrowDown');
  await expect(second).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('Enter');
  await reader.isOpen();
  await expect(reader.frame.getByRole('heading', { level: 1 })).toHaveText(title);
});
