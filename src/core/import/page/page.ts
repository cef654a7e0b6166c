import type { Bibliographic, Completeness } from '#shared/model/article';
import type {
  Doubt,
  DoubtReason,
  Draft,
  LineField,
  PageShape,
  RelatedDraft,
  TextBlock,
} from '#shared/model/draft';
import { findSections } from './abstract';
import { type Citation, parseCitation } from './journal-line';
import type { Line, Row } from './lines';

/** A field that a citation line can fill. */
type Filled = { -readonly [K in keyof Bibliographic]?: Bibliographic[K] };

const TITLE_LIMIT = 500;
const TITLE_KEPT = 300;
const ABSTRACT_LIMIT = 60_000;

/** A draft in the making: what each line went to, and the fields as far as they are known. */
export class Page {
  readonly lines: readonly Line[];
  readonly fields: Filled & { title: string } = { title: '' };
  readonly related: RelatedDraft[] = [];
  readonly body: TextBlock[] = [];
  readonly doubts: Doubt[] = [];
  readonly #marks: LineField[];

  constructor(lines: readonly Line[], count: number) {
    this.lines = lines;
    this.#marks = new Array<LineField>(count).fill('ignored');
  }

  mark(row: Row | Line, field: LineField): void {
    for (const line of 'lines' in row ? row.lines : [row]) this.#marks[line.index] = field;
  }

  doubt(field: LineField, reason: DoubtReason, detail?: string): void {
    if (this.doubts.some((entry) => entry.field === field && entry.reason === reason)) return;
    this.doubts.push({ field, reason, ...(detail !== undefined && { detail }) });
  }

  /** Fills a field that has no value yet. The first place on a page is the best one. */
  fill<K extends keyof Filled>(name: K, value: Filled[K] | undefined): void {
    if (value !== undefined && value !== '' && this.fields[name] === undefined) {
      const target: Filled = this.fields;
      target[name] = value;
    }
  }

  /** Fills what a citation says, except what is known already. Returns whether it said anything. */
  cite(citation: Citation | undefined): boolean {
    if (!citation) return false;
    this.fill('container-title', citation.journal);
    if (citation.issued !== undefined) this.fill('issued', { 'date-parts': [[...citation.issued]] });
    this.fill('volume', citation.volume);
    this.fill('issue', citation.issue);
    this.fill('page', citation.page);
    this.fill('DOI', citation.DOI);
    return true;
  }

  citeText(text: string): boolean {
    return this.cite(parseCitation(text));
  }

  otherId(scheme: string, value: string | undefined): void {
    if (value === undefined) return;
    const ids = this.fields.otherIds ?? [];
    if (!ids.some((id) => id.scheme === scheme)) this.fields.otherIds = [...ids, { scheme, value }];
  }

  /** The draft: limits on title and abstract applied, sections found, missing lists empty. */
  finish(shape: PageShape, completeness: Completeness): Draft {
    this.#limitTitle();
    this.#limitAbstract();
    const abstract = this.fields.abstract;
    const fields: Bibliographic = {
      author: [],
      keyword: [],
      publicationTypes: [],
      otherIds: [],
      abstractCutOff: false,
      ...this.fields,
      sections: abstract === undefined ? [] : findSections(abstract),
    };
    // An empty text has said so already.
    if (fields.title === '' && !this.doubts.some((entry) => entry.field === 'title'))
      this.doubt('title', 'title-missing');
    return {
      shape,
      completeness,
      fields,
      related: this.related,
      body: this.body,
      lines: this.#marks,
      doubts: this.doubts,
    };
  }

  #limitTitle(): void {
    const { title } = this.fields;
    if (title.length <= TITLE_LIMIT) return;
    const space = title.lastIndexOf(' ', TITLE_KEPT);
    const cut = safeCut(title, space > TITLE_KEPT / 2 ? space : TITLE_KEPT);
    this.fields.title = title.slice(0, cut).trim();
    this.body.unshift({ level: 0, text: title.slice(cut).trim() });
    this.doubt('title', 'title-long', String(title.length));
  }

  #limitAbstract(): void {
    const { abstract } = this.fields;
    if (abstract === undefined || abstract.length <= ABSTRACT_LIMIT) return;
    const space = abstract.lastIndexOf(' ', ABSTRACT_LIMIT);
    const cut = safeCut(abstract, space > ABSTRACT_LIMIT / 2 ? space : ABSTRACT_LIMIT);
    this.fields.abstract = abstract.slice(0, cut).trim();
    this.body.unshift({ level: 0, text: abstract.slice(cut).trim() });
    this.doubt('abstract', 'abstract-long', String(abstract.length));
  }
}

/** Never cuts between the halves of a surrogate pair. */
export const safeCut = (text: string, at: number): number => {
  const code = text.charCodeAt(at - 1);
  return code >= 0xd800 && code <= 0xdbff ? at - 1 : at;
};
