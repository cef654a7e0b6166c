import type { DuplicateChoice } from '#shared/contract/import';
import { randomId } from '#shared/lib/ids';
import type { Article, Bibliographic, DocumentRef, Provenance } from '#shared/model/article';
import type { Draft, RelatedDraft, TextBlock } from '#shared/model/draft';
import { ArticleId } from '#shared/model/ids';
import { problem } from '#shared/model/problem';
import { keepSections } from '#shared/model/sections';
import { TEXT_RULES } from '#shared/text/blocks';
import { getArticle } from '../library/rows';
import { abstractBlocks, abstractDocument, textHashOf, writeDocument } from '../reader/html';
import type { BlobStore, Capture, DocumentStore, Write } from '../storage/types';
import { type DuplicateIndex, titleKey } from './duplicates';
import { fillMissing } from './merge';
import { cutLongParagraphs } from './paragraphs';

/** A source that is to become an article. */
export interface SaveRequest {
  readonly draft: Draft;
  /** The fields as the reader left them. */
  readonly fields: Bibliographic;
  readonly choice: DuplicateChoice;
  readonly bytes: () => Promise<Uint8Array>;
  readonly fileName?: string;
  readonly capture: Capture;
}

export interface Saved {
  readonly id: ArticleId;
  readonly outcome: 'added' | 'updated' | 'kept';
  /** Related titles that became articles of their own. */
  readonly stubs: number;
}

export interface SaveTarget {
  readonly store: DocumentStore;
  readonly blobs: BlobStore;
  readonly duplicates: DuplicateIndex;
}

const newId = (): ArticleId => ArticleId.parse(randomId());

/** Types of files whose name may say what they are; anything else is kept as plain text. */
const extensionOf = (fileName: string | undefined): string =>
  /\.(txt|text|htm|html|md|nbib|ris|xml|csv)$/i.exec(fileName ?? '')?.[1]?.toLowerCase() ?? 'txt';

/** The fields as they are kept: trimmed, empty ones left out, sections only where they still fit the abstract. */
const cleanFields = (fields: Bibliographic, draft: Draft): Bibliographic => {
  const entries = Object.entries(fields).flatMap(([name, value]) => {
    const clean = typeof value === 'string' && name !== 'abstract' ? value.trim() : value;
    return clean === undefined || clean === '' ? [] : [[name, clean]];
  });
  const abstract = fields.abstract ?? '';
  const sections =
    abstract === draft.fields.abstract
      ? draft.fields.sections
      : keepSections(draft.fields.sections, draft.fields.abstract ?? '', abstract);
  return {
    ...(Object.fromEntries(entries) as Bibliographic),
    sections,
    abstractCutOff: draft.fields.abstractCutOff && abstract === draft.fields.abstract,
  };
};

const abstractRefs = (fields: Pick<Bibliographic, 'abstract' | 'sections'>): DocumentRef[] =>
  fields.abstract === undefined ? [] : [abstractDocument(fields).ref];

/** The reading text of a full text begins with the abstract, as the article does. */
const fullTextBlocks = (fields: Bibliographic, body: readonly TextBlock[]): TextBlock[] => {
  const abstract = abstractBlocks(fields).map(({ level, text }) => ({
    level: level === 0 ? 0 : level + 1,
    text,
  }));
  if (abstract.length === 0) return [...body];
  const heading = /\p{Script=Han}/u.test(fields.abstract?.slice(0, 40) ?? '') ? '摘要' : 'Abstract';
  return [{ level: 1, text: heading }, ...abstract, ...body];
};

const putFullText = async (
  blobs: BlobStore,
  fields: Bibliographic,
  body: readonly TextBlock[],
): Promise<DocumentRef[]> => {
  if (body.length === 0) return [];
  const { html, text } = writeDocument(cutLongParagraphs(fullTextBlocks(fields, body)));
  const content = await blobs.put('documents', 'html', Buffer.from(html, 'utf8'));
  return [{ id: content, kind: 'full-text', textHash: textHashOf(text), textRules: TEXT_RULES, content }];
};

const stubOf = (related: RelatedDraft, provenance: Provenance, now: string): Article => ({
  id: newId(),
  title: related.title,
  author: [],
  ...(related.abstract !== undefined && { abstract: related.abstract }),
  sections: related.sections,
  abstractCutOff: related.abstractCutOff,
  keyword: [],
  publicationTypes: [],
  otherIds: [],
  completeness: 'stub',
  documents: abstractRefs(related),
  provenance: [provenance],
  added: now,
  modified: now,
  reading: { priority: 2 },
  tags: [],
  collections: [],
  related: [],
});

/** Related titles as articles: those that are there, and stubs for the others. */
const linkRelated = (
  related: readonly RelatedDraft[],
  own: string,
  duplicates: DuplicateIndex,
  stub: (related: RelatedDraft) => Article,
): { ids: ArticleId[]; stubs: Article[] } => {
  const seen = new Set([titleKey(own)]);
  const ids: ArticleId[] = [];
  const stubs: Article[] = [];
  for (const entry of related) {
    const key = titleKey(entry.title);
    if (key === '' || seen.has(key)) continue;
    seen.add(key);
    const known = duplicates.findByTitle(entry.title);
    if (known !== undefined) ids.push(known);
    else {
      const made = stub(entry);
      stubs.push(made);
      ids.push(made.id);
    }
  }
  return { ids, stubs };
};

/**
 * Stores a draft as one transaction: the article, or what it adds to one that is there, and its related titles as
 * stubs. Source and text lie on disk before the record names them. Throws `bad-request` for an empty title and
 * `read-only`; `kept` means that nothing was changed.
 */
export const saveDraft = async (request: SaveRequest, target: SaveTarget): Promise<Saved> => {
  const { store, blobs, duplicates } = target;
  const fields = cleanFields(request.fields, request.draft);
  if (fields.title === undefined || fields.title === '')
    throw problem('bad-request', 'An article needs a title.', { detail: 'title-empty' });
  if (store.readOnly) throw problem('read-only', 'The library is open for reading only.');
  const found = request.choice === 'keep-both' ? undefined : duplicates.find(fields);
  if (found && request.choice === 'keep') return { id: found.id, outcome: 'kept', stubs: 0 };

  const now = new Date().toISOString();
  const provenance: Provenance = {
    format: request.draft.shape,
    ...(request.fileName !== undefined && { fileName: request.fileName }),
    time: now,
    source: await blobs.put('sources', extensionOf(request.fileName), await request.bytes()),
  };
  const documents = [...abstractRefs(fields), ...(await putFullText(blobs, fields, request.draft.body))];
  const { ids, stubs } = linkRelated(request.draft.related, fields.title, duplicates, (related) =>
    stubOf(related, provenance, now),
  );
  const addition = { fields, completeness: request.draft.completeness, documents, provenance, related: ids };
  const article: Article = found
    ? fillMissing(getArticle(store, found.id).value, addition, now)
    : {
        ...fields,
        id: newId(),
        completeness: request.draft.completeness,
        documents,
        provenance: [provenance],
        added: now,
        modified: now,
        reading: { status: 'inbox', priority: 2 },
        tags: [],
        collections: [],
        related: ids,
      };
  const writes: Write[] = [article, ...stubs].map((value) => ({ table: 'articles', id: value.id, value }));
  await store.write({
    label: found ? 'history.importUpdate' : 'history.import',
    capture: request.capture,
    writes,
  });
  return { id: article.id, outcome: found ? 'updated' : 'added', stubs: stubs.length };
};
