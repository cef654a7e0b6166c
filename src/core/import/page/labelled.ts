import { endsSentence, hasCutMark, isSectionLabel } from './abstract';
import { isAffiliation, isAuthorLine, parseAuthors, readAffiliations, someNames } from './authors';
import { findDate } from './dates';
import { isFurniture } from './furniture';
import { findDoi, findEpId, findIssn, findPmcid, findPmid, languageOf } from './identifiers';
import { joinNames, joinParagraphs } from './joining';
import { isCitationLine, parseCitation } from './journal-line';
import { type Label, type LabelName, labelOf, splitKeywords } from './labels';
import type { Row } from './lines';
import type { Page } from './page';
import { readPreamble } from './preamble';
import { isTitleLike, readRelated, relatedStart } from './related';

/** Where the lines of a labelled page go until the next label. `free` takes what belongs to no label. */
type Section = LabelName | 'preamble' | 'free';

export interface LabelledOptions {
  readonly labelOf?: (row: Row) => Label | undefined;
  /** The site writes family names in capitals. */
  readonly preferCapitals: boolean;
  /** Lines that belong to no label are titles of other articles, with teasers. */
  readonly freeIsRelated: boolean;
}

/** Rows by section, in order. */
interface Parts {
  readonly preamble: Row[];
  readonly title: Row[];
  readonly abstract: Row[];
  readonly authors: Row[];
  readonly affiliations: Row[];
  readonly keywords: Row[];
  readonly related: Row[];
}

const SINGLE: ReadonlySet<Section> = new Set<Section>([
  'doi',
  'pmid',
  'pmcid',
  'issn',
  'epId',
  'language',
  'publicationType',
  'year',
  'volume',
  'issue',
  'pages',
  'url',
  'counter',
  'vernacularTitle',
]);

/** Labels that inside an abstract are words of the abstract: `Summary: …`, `Source: …`. */
const IN_ABSTRACT: ReadonlySet<LabelName> = new Set<LabelName>([
  'abstract',
  'title',
  'counter',
  'year',
  'url',
  'pages',
  'volume',
  'issue',
]);

/** Reads a page made of labels (`Authors and Affiliations`, `- Keywords:`, `摘要：`) in any order. */
export class LabelledReader {
  readonly #page: Page;
  readonly #options: LabelledOptions;
  readonly #parts: Parts = {
    preamble: [],
    title: [],
    abstract: [],
    authors: [],
    affiliations: [],
    keywords: [],
    related: [],
  };
  readonly #journal: Row[] = [];
  readonly #types: Row[] = [];
  readonly #languages: Row[] = [];
  #section: Section = 'preamble';

  constructor(page: Page, options: LabelledOptions) {
    this.#page = page;
    this.#options = options;
  }

  read(rows: readonly Row[]): void {
    const label = this.#options.labelOf ?? labelOf;
    for (const row of rows) {
      const found = label(row);
      if (found && this.#accepts(found, row)) this.#open(found, row);
      else this.#take(row);
    }
    this.#finishJournal();
    this.#finishAbstract();
    this.#finishTitle();
    this.#finishAuthors();
    this.#finishLists();
    readRelated(this.#parts.related, this.#page);
  }

  #accepts(label: Label, row: Row): boolean {
    if (this.#section === 'abstract' && IN_ABSTRACT.has(label.name)) {
      return label.name === 'counter' && label.value === '' ? false : label.name === 'counter';
    }
    // A related title may begin with a word that is a label elsewhere: `Abstract: …` is not one of them.
    if (this.#section === 'related' && label.value.length > 60) return false;
    return row.text.length < 60 || label.value !== '';
  }

  #open(label: Label, row: Row): void {
    if (label.name === 'counter' || label.name === 'notice') {
      this.#section = label.name === 'notice' && label.value === '' ? 'notice' : this.#after();
      // A counter's number may stand on the next line.
      if (label.name === 'counter' && label.value === '') this.#section = 'counter';
      return;
    }
    this.#section = label.name;
    if (label.value !== '')
      this.#take({ ...row, text: label.value, key: row.key.slice(row.key.length - label.value.length) });
    else this.#markLabel(label.name, row);
  }

  #markLabel(name: LabelName, row: Row): void {
    if (name === 'abstract') this.#page.mark(row, 'abstract');
    else if (name === 'authors' || name === 'authorsAndAffiliations') this.#page.mark(row, 'author');
    else if (name === 'affiliations') this.#page.mark(row, 'affiliation');
    else if (name === 'keywords') this.#page.mark(row, 'keyword');
    else if (name === 'journal') this.#page.mark(row, 'container-title');
    else if (name === 'title') this.#page.mark(row, 'title');
    else if (name === 'vernacularTitle') this.#page.mark(row, 'vernacularTitle');
    else if (name === 'related') this.#page.mark(row, 'related');
  }

  /** What the lines after a finished single value are. */
  #after(): Section {
    const { title, preamble, abstract } = this.#parts;
    return title.length === 0 && preamble.length === 0 && abstract.length === 0 ? 'preamble' : 'free';
  }

  #take(row: Row): void {
    const section = this.#section;
    if (SINGLE.has(section)) {
      this.#single(section, row);
      this.#section = this.#after();
      return;
    }
    switch (section) {
      case 'journal':
        this.#takeJournal(row);
        return;
      case 'authors':
      case 'authorsAndAffiliations':
      case 'affiliations':
        this.#takeAuthors(row);
        return;
      case 'keywords':
        this.#takeKeywords(row);
        return;
      case 'howToCite':
        this.#page.citeText(row.text.slice(-400));
        this.#section = this.#after();
        return;
      case 'notice':
        this.#section = this.#after();
        return;
      case 'references':
        return;
      case 'abstract':
      case 'related':
      case 'title':
      case 'preamble':
        this.#parts[section].push(row);
        if (section === 'title') this.#section = this.#after();
        return;
      default:
        this.#takeFree(row);
    }
  }

  #takeFree(row: Row): void {
    if (isFurniture(row.key)) return;
    if (
      this.#journal.length === 0 &&
      this.#page.fields['container-title'] === undefined &&
      isCitationLine(row.text)
    ) {
      this.#takeJournal(row);
      return;
    }
    if (this.#options.freeIsRelated) this.#parts.related.push(row);
  }

  #single(section: Section, row: Row): void {
    const { text } = row;
    const page = this.#page;
    const dash = /^[-–—]?$/.test(text);
    if (dash) return;
    if (section === 'doi') page.fill('DOI', findDoi(text));
    else if (section === 'pmid') page.fill('PMID', findPmid(`PMID ${text}`));
    else if (section === 'pmcid') page.fill('PMCID', findPmcid(text));
    else if (section === 'issn') page.fill('ISSN', findIssn(`ISSN ${text}`));
    else if (section === 'epId') page.otherId('EP ID', findEpId(`EP ID ${text}`));
    else if (section === 'url' && /^https?:\/\/\S+$/.test(text)) page.fill('URL', text);
    else {
      this.#described(section, row);
      return;
    }
    page.mark(row, 'identifier');
  }

  #described(section: Section, row: Row): void {
    const { text } = row;
    const page = this.#page;
    if (section === 'language') this.#languages.push(row);
    else if (section === 'publicationType') this.#types.push(row);
    else if (section === 'vernacularTitle') {
      page.fill('vernacularTitle', text);
      page.mark(row, 'vernacularTitle');
    } else if (section === 'year') {
      const date = findDate(text);
      if (date) page.fill('issued', { 'date-parts': [date] });
      page.mark(row, 'issued');
    } else if (section === 'volume' || section === 'issue') {
      page.fill(section, /[\w.-]{1,16}/.exec(row.key)?.[0]);
      page.mark(row, 'container-title');
    } else if (section === 'pages') {
      // `4页(641-644)`: the number of pages, then which.
      const range =
        /[A-Za-z]?\d{1,8}-[A-Za-z]?\d{1,8}/.exec(row.key) ?? /^[A-Za-z]{0,3}\d\w{0,20}$/.exec(row.key);
      page.fill('page', range?.[0]);
      page.mark(row, 'container-title');
    }
  }

  #takeJournal(row: Row): void {
    this.#journal.push(row);
    this.#page.mark(row, 'container-title');
    // `From:` may have the journal's name and its numbers on lines of their own.
    const ends =
      this.#journal.length >= 3 ||
      parseCitation(this.#journal.map((part) => part.text).join(' ')) !== undefined;
    if (ends) this.#section = this.#after();
  }

  #finishJournal(): void {
    const rows = this.#journal;
    if (rows.length === 0) return;
    const joined = rows.map((row) => row.text).join(' ');
    if (this.#page.citeText(joined)) return;
    const name = rows[0]?.text.replace(/[\s,;.]+$/, '');
    this.#page.fill('container-title', name);
    for (const row of rows.slice(1)) this.#page.mark(row, 'ignored');
  }

  #takeAuthors(row: Row): void {
    const { authors, affiliations } = this.#parts;
    const { key, text } = row;
    // WPRIM: `Author Information` stands among the names; numbers and semicolons have lines of their own.
    const mark = /^[\d;,*\s()-]{1,12}$/.test(key);
    const single = this.#section === 'affiliations';
    const address = isAffiliation(text) || /^\(?\d{1,2}[.)]\s?\S/.test(key);
    if (single || (address && (authors.length > 0 || affiliations.length > 0) && !isAuthorLine(text))) {
      if (single && affiliations.length > 0 && !address) {
        this.#leaveAuthors(row);
        return;
      }
      affiliations.push(row);
      this.#page.mark(row, 'affiliation');
      return;
    }
    if (authors.length === 0 || mark || /^[;,]/.test(key) || isAuthorLine(text) || isNamePart(row, authors)) {
      authors.push(row);
      this.#page.mark(row, 'author');
      return;
    }
    this.#leaveAuthors(row);
  }

  #leaveAuthors(row: Row): void {
    this.#section = this.#after();
    this.#take(row);
  }

  #takeKeywords(row: Row): void {
    const { keywords } = this.#parts;
    const last = keywords.at(-1);
    const goesOn =
      last === undefined ||
      /[;,；，、]$/.test(last.text) ||
      /^[;；]/.test(row.text) ||
      (/[;；]/.test(row.text) && row.text.length < 300) ||
      (!/[;；,，]/.test(last.text) && row.text.split(' ').length <= 5 && row.text.length <= 60);
    if (!goesOn || isFurniture(row.key) || hasCutMark(row.text)) {
      this.#section = this.#after();
      this.#take(row);
      return;
    }
    keywords.push(row);
    this.#page.mark(row, 'keyword');
  }

  #finishAbstract(): void {
    const rows = this.#parts.abstract.filter((row) => !isFurniture(row.key) || isSectionLabel(row.text));
    if (rows.length === 0) return;
    const until = this.#abstractEnd(rows);
    const own = rows.slice(0, until);
    for (const row of own) this.#page.mark(row, 'abstract');
    const text = joinParagraphs(own);
    if (text !== '') this.#page.fill('abstract', text);
    if (hasCutMark(text)) this.#page.fields.abstractCutOff = true;
    else if (text !== '' && !endsSentence(text)) this.#page.doubt('abstract', 'abstract-cut-off');
    if (until < rows.length) this.#parts.related.unshift(...rows.slice(until));
  }

  /** The abstract ends where related titles begin, even when no label stands between them. */
  #abstractEnd(rows: readonly Row[]): number {
    const start = relatedStart(rows);
    for (let at = 1; at < start; at += 1) {
      const [before, row] = [rows[at - 1], rows[at]];
      if (!before || !row) break;
      const looksRelated =
        isTitleLike(row.text) &&
        row.text.split(' ').length >= 4 &&
        endsSentence(before.text) &&
        this.#options.freeIsRelated;
      if (looksRelated && !/[:：]/.test(row.key.slice(0, 40)) && !/^[\p{Ll}]/u.test(row.text)) {
        this.#page.doubt('abstract', 'abstract-next-title');
        return at;
      }
    }
    return start;
  }

  #finishTitle(): void {
    const { title, preamble } = this.#parts;
    const labelled = title[0];
    const page = this.#page;
    if (labelled) {
      page.mark(labelled, 'title');
      page.fields.title = labelled.text;
    }
    readPreamble(preamble, page, this.#parts, labelled !== undefined);
  }

  #finishAuthors(): void {
    const { authors, affiliations } = this.#parts;
    if (authors.length === 0) return;
    const addresses = readAffiliations(affiliations.map((row) => row.text));
    const list = parseAuthors(
      joinNames(authors.map((row) => row.text)),
      addresses,
      this.#options.preferCapitals,
    );
    this.#page.fill('author', list.authors);
    if (list.odd.length > 0) {
      this.#page.doubt('author', 'author-odd', someNames(list.odd));
    }
  }

  #finishLists(): void {
    const page = this.#page;
    if (this.#parts.keywords.length > 0) {
      page.fill('keyword', splitKeywords(this.#parts.keywords.map((row) => row.text)));
    }
    for (const row of this.#languages) {
      page.fill('language', languageOf(row.text));
      page.mark(row, 'language');
    }
    for (const row of this.#types) {
      page.fill(
        'publicationTypes',
        row.text
          .split(/[;；,]/)
          .map((type) => type.trim())
          .filter(Boolean),
      );
      page.mark(row, 'publicationTypes');
    }
  }
}

/** One word of a list that has each name on a line of its own, after a line that ended in a separator. */
const isNamePart = (row: Row, before: readonly Row[]): boolean =>
  /[;,；，、]$/.test(before.at(-1)?.text ?? '') && row.text.length <= 80 && !/[.。]$/.test(row.text);
