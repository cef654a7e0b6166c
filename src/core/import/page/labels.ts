import type { Line, Row } from './lines';

/** What a label on a page announces. */
export type LabelName =
  | 'title'
  | 'vernacularTitle'
  | 'journal'
  | 'abstract'
  | 'authors'
  | 'authorsAndAffiliations'
  | 'affiliations'
  | 'keywords'
  | 'doi'
  | 'pmid'
  | 'pmcid'
  | 'issn'
  | 'epId'
  | 'language'
  | 'publicationType'
  | 'year'
  | 'volume'
  | 'issue'
  | 'pages'
  | 'url'
  | 'howToCite'
  | 'related'
  | 'references'
  | 'counter'
  | 'notice';

const NAMES: Readonly<Record<LabelName, string>> = {
  title: 'title|article title|标题|题名|篇名|文题|题目|论文标题|文章标题|中文标题|中文题名',
  vernacularTitle: 'vernaculartitle|vernacular title|英文标题|英文题名|english title|original title',
  journal:
    'journal title|journal|journal name|from|source|published in|期刊|期刊名|期刊名称|刊名|来源|出处|杂志|期刊来源|文献来源|来源期刊|来源出版物|引文信息|年,卷(期)|年,卷,期|年卷期',
  abstract: 'abstract|summary|摘要|中文摘要|英文摘要|内容摘要|文摘|abstracts|english abstract',
  authors: 'author|authors|author(s)|作者|作者姓名|著者|中文作者|authors list|contributors',
  authorsAndAffiliations: 'authors and affiliations|authors & affiliations|作者和单位|作者及单位|作者与单位',
  affiliations:
    'affiliation|affiliations|author information|authors information|author affiliations|author affiliation|单位|作者单位|机构|作者机构|工作单位|作者信息',
  keywords:
    'keywords|keyword|key words|key word|keywords plus|关键词|关键字|主题词|中文关键词|author keywords',
  doi: 'doi|digital object identifier|数字对象标识',
  pmid: 'pmid|pubmed id|pubmed',
  pmcid: 'pmcid|pmc id|pmc',
  issn: 'issn|eissn|e-issn|p-issn|pissn|online issn|print issn|国际标准刊号',
  epId: 'ep id',
  language: 'language|languages|语种|语言',
  publicationType:
    'publication type|publication types|publicationtype|article type|type of publication|document type|文献类型|文章类型|论文类型|栏目',
  year: 'year|publication year|年份|年|出版年|发表年份|发表时间|出版日期|publication date|date',
  volume: 'volume|vol|卷|卷号',
  issue: 'issue|issue number|期|期号',
  pages: 'pages|page|页码|页|起止页码|页数',
  url: 'url|link|链接|网址|全文链接',
  howToCite: 'how to cite|cite this article|how to cite this article|citation|引用格式|引用本文|引用',
  related:
    'related articles|related article|related|related titles|more articles|similar articles|recommended articles|you may also like|see also|相关文章|相关文献|推荐文章|相似文献|相关推荐',
  references: 'references|reference|bibliography|参考文献|literature cited',
  counter:
    'views|downloads|view|download|hits|citations|cited by|浏览|下载|浏览量|下载量|阅读量|被引|点击数|访问量',
  notice:
    'country|countryregion|copyright|received|accepted|revised|published|published online|funding|基金项目|收稿日期|录用日期|出版日期|通信作者|通讯作者|corresponding author|correspondence|中图分类号|文献标志码|文章编号|mesh|journal country|responsible editor|editor|conflict of interest|conflict of interest statement|competing interests|academic editor',
};

const BY_TEXT: ReadonlyMap<string, LabelName> = new Map(
  Object.entries(NAMES).flatMap(([name, words]) =>
    words.split('|').map((word) => [word, name as LabelName] as const),
  ),
);

/** A label, what stands behind it on the same line, and whether that is nothing. */
export interface Label {
  readonly name: LabelName;
  readonly value: string;
}

/** Labels whose value may follow after a mere space. */
const SPACED =
  /^(ep id|doi|pmid|pmcid|p-issn|e-issn|issn|views|downloads|volume|issue|year|country)\s{1,4}(\S.{0,300})$/i;
const VALUE_AFTER_SPACE: Readonly<Record<string, RegExp>> = {
  doi: /^(?:10\.|https?:|-$)/i,
  pmid: /^\d/,
  pmcid: /^PMC/i,
  volume: /^\d{1,4}$/,
  issue: /^\d{1,4}$/,
  year: /^\d{4}$/,
  issn: /^\d{4}-/,
  'e-issn': /^\d{4}-/,
  'p-issn': /^\d{4}-/,
  'ep id': /^(?:ep)?[\s-]?\d|^-$/i,
  views: /^\d|^-$/,
  downloads: /^\d|^-$/,
  country: /^\p{Lu}\S{2,30}$/u,
};

const headText = (head: string): string =>
  head
    .replace(/^(?:[-•·*▪■◆○]\s{0,2})?\[?/, '')
    .replace(/\]?\s*$/, '')
    .replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '')
    .trim()
    .toLowerCase();

/** Every reader asks for the label of every line several times. */
const known = new WeakMap<Line | Row, Label | null>();

/** The label a line begins with, if it does. */
export const labelOf = (line: Line | Row): Label | undefined => {
  const only = 'lines' in line && line.lines.length === 1 ? line.lines[0] : undefined;
  // A row of one line, as it is, has the label of the line.
  const source = only?.text === line.text ? only : line;
  let label = known.get(source);
  if (label === undefined) {
    label = findLabel(source) ?? null;
    known.set(source, label);
  }
  return label ?? undefined;
};

const findLabel = ({ key, text }: Line | Row): Label | undefined => {
  if (key.length <= 45) {
    const alone = BY_TEXT.get(headText(key.replace(/[:.]\s*$/, '')));
    if (alone) return { name: alone, value: '' };
  }
  const colon = key.slice(0, 45).indexOf(':');
  if (colon > 0) {
    const name = BY_TEXT.get(headText(key.slice(0, colon)));
    if (name) return { name, value: text.slice(colon + 1).trim() };
  }
  const bracket = /^\[([^\]]{2,30})\]\s{0,3}/.exec(key);
  if (bracket?.[1] !== undefined) {
    const name = BY_TEXT.get(headText(bracket[1]));
    if (name) return { name, value: text.slice(bracket[0].length).trim() };
  }
  return spacedLabel(key, text);
};

const spacedLabel = (key: string, text: string): Label | undefined => {
  const spaced = SPACED.exec(key.replace(/^[-•·]\s/, ''));
  if (spaced?.[1] !== undefined && spaced[2] !== undefined) {
    const word = spaced[1].toLowerCase();
    const name = BY_TEXT.get(word);
    if (name && VALUE_AFTER_SPACE[word]?.test(spaced[2])) return { name, value: spaced[2] };
  }
  const han = /^(关键词|关键字|作者单位|作者|单位|期刊)\s(\S.{0,500})$/u.exec(key);
  const hanName = han?.[1] === undefined ? undefined : BY_TEXT.get(han[1]);
  if (hanName && han?.[2] !== undefined)
    return { name: hanName, value: text.slice(han[0].length - han[2].length) };
  // `Abstract Mesenchymal stem cells …`: the word and then a text, not a sentence about an abstract.
  const run = /^(abstract|summary|摘\s?要)\s{1,4}(?=[\p{Lu}[\p{Script=Han}])/iu.exec(key);
  if (run && key.length > 120 && !/^(?:abstract|summary)\s(?:Title|Number|Book)/i.test(key)) {
    return { name: 'abstract', value: text.slice(run[0].length).trim() };
  }
  return undefined;
};

/** A bare `CountryChina`, `LanguageEnglish`: WPRIM's page runs some labels into their values. */
export const runInLabel = (line: Line | Row): Label | undefined => {
  const found = /^-\s?(country|language|publication type)\s?:?\s?(\p{Lu}[\w ,;]{1,80})$/iu.exec(line.key);
  const name = found?.[1] === undefined ? undefined : BY_TEXT.get(found[1].toLowerCase());
  return name && found?.[2] !== undefined ? { name, value: found[2] } : undefined;
};

/** The keywords of a list: by semicolons, else by commas, bullets or lines. */
export const splitKeywords = (rows: readonly string[]): string[] => {
  const text = rows.join('\n');
  const separator = /[;；]/.test(text) ? /[;；\n]/ : /[|·•]/.test(text) ? /[|·•\n]/ : /[,，、\n]/;
  const words = text
    .split(separator)
    .map((word) =>
      word
        .trim()
        .replace(/^[-•·\s]+|(?<!\b\p{Lu})[.。]$/gu, '')
        .trim(),
    )
    .filter((word) => word !== '' && word.length <= 120);
  return [...new Set(words)].slice(0, 100);
};
