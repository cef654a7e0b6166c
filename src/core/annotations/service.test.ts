import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { randomId } from '#shared/lib/ids';
import type { AnnotationTarget } from '#shared/model/annotation';
import type { Article } from '#shared/model/article';
import { AnnotationId, ArticleId } from '#shared/model/ids';
import { describe as describePassage } from '#shared/text/describe';
import { context } from '../../test/call-context';
import { addArticles, sampleArticle, type TempLibrary, tempLibrary } from '../../test/temp-library';
import { abstractDocument } from '../reader/html';
import { History } from '../storage/history';
import { AnnotationIndex } from './by-article';
import { createAnnotations } from './service';

let library: TempLibrary;
let article: Article;
const open = () => {
  const index = new AnnotationIndex(library.store);
  const history = new History(library.store);
  return { index, history, ...createAnnotations({ store: library.store, index }) };
};
let annotations: ReturnType<typeof open>;

beforeEach(async () => {
  library = await tempLibrary();
  article = sampleArticle();
  await addArticles(library.store, article);
  annotations = open();
});
afterEach(async () => {
  annotations.dispose();
  annotations.index.dispose();
  annotations.history.dispose();
  await library.remove();
});

const targetOf = (words: string): AnnotationTarget => {
  const { ref, text } = abstractDocument(article);
  const start = text.indexOf(words);
  return describePassage(ref, text, { start, end: start + words.length })!;
};
const create = (words: string, note = '') =>
  annotations.service.create(
    { articleId: article.id, target: targetOf(words), colour: 'finding', note },
    context,
  );
const list = () => annotations.service.list({ articleId: article.id }, context);
const code = (error: unknown) => (error as { problem?: { code: string; detail?: string } }).problem?.code;

describe('the annotations service', () => {
  it('lists what was made in the order of the text, and all is there after closing', async () => {
    const later = await create('reach the liver');
    const earlier = await create('stem cells', 'see also *Li*');
    expect(await list()).toEqual([earlier, later]);
    expect(annotations.index.countOf(article.id)).toBe(2);
    annotations.index.dispose();
    await library.reopen();
    annotations = open();
    expect(await list()).toEqual([earlier, later]);
    expect(annotations.index.countOf(article.id)).toBe(2);
  });

  it('takes the id of a caller who goes on before the answer, and no id twice', async () => {
    const id = AnnotationId.parse(randomId());
    const given = {
      id,
      articleId: article.id,
      target: targetOf('stem cells'),
      colour: 'finding',
      note: '',
    } as const;
    const answers = await Promise.all([
      annotations.service.create(given, context),
      annotations.service.update({ id, note: 'typed at once' }, context),
    ]);
    expect(answers.map((each) => each.id)).toEqual([id, id]);
    expect(await list()).toMatchObject([{ id, note: 'typed at once' }]);
    const again = async () => annotations.service.create(given, context);
    expect(await again().catch(code)).toBe('conflict');
    await annotations.service.remove({ ids: [id] }, context);
    expect(await again().catch(code)).toBe('conflict');
    expect(await list()).toEqual([]);
  });

  it('takes each change back and does it again', async () => {
    const made = await create('stem cells');
    await annotations.service.update({ id: made.id, colour: 'doubt' }, context);
    await annotations.service.update({ id: made.id, tags: ['  homing ', 'homing'] }, context);
    await annotations.service.remove({ ids: [made.id] }, context);
    expect([await list(), annotations.index.countOf(article.id)]).toEqual([[], 0]);
    const labels: string[] = [];
    const seen: unknown[] = [];
    while (annotations.history.undoLabel !== undefined) {
      labels.push((await annotations.history.undo()).label);
      seen.push((await list()).map(({ colour, tags }) => [colour, ...tags]));
    }
    expect(labels).toEqual([
      'history.removeAnnotation',
      'history.annotationTags',
      'history.colour',
      'history.highlight',
    ]);
    expect(seen).toEqual([[['doubt', 'homing']], [['doubt']], [['finding']], []]);
    while (annotations.history.redoLabel !== undefined) await annotations.history.redo();
    expect(await list()).toEqual([]);
  });

  it('makes one step of typing a note, and none of a change that is none', async () => {
    const made = await create('stem cells');
    for (const note of ['S', 'So', 'So few'])
      await annotations.service.update({ id: made.id, note }, context);
    const before = library.store.seq;
    await annotations.service.update({ id: made.id, note: 'So few', colour: 'finding', tags: [] }, context);
    expect(library.store.seq).toBe(before);
    await annotations.history.undo();
    expect(await list()).toMatchObject([{ note: '' }]);
  });

  it('tells which articles changed, once for each change', async () => {
    const heard: string[][] = [];
    const listening = annotations.service.didChange(({ articleIds }) => heard.push(articleIds));
    const made = await create('stem cells');
    await annotations.service.remove({ ids: [made.id, made.id, AnnotationId.parse(randomId())] }, context);
    await annotations.service.remove({ ids: [made.id] }, context);
    listening.dispose();
    expect(heard).toEqual([[article.id], [article.id]]);
  });

  const wrong: [string, (target: AnnotationTarget) => unknown, string][] = [
    [
      'an article that is not there',
      (target) => ({ articleId: ArticleId.parse('nobody'), target }),
      'not-found',
    ],
    [
      'a text that is not its own',
      (target) => ({ target: { ...target, documentId: 'f'.repeat(64) } }),
      'not-found',
    ],
    [
      'a text that has changed',
      (target) => ({ target: { ...target, textHash: '0'.repeat(64) } }),
      'conflict',
    ],
    [
      'a quote of white space',
      (target) => ({ target: withQuote(target, { exact: '          ' }) }),
      'bad-request',
    ],
    [
      'a quote that does not fit its position',
      (target) => ({ target: withQuote(target, { exact: 'stem' }) }),
      'bad-request',
    ],
    [
      'a prefix without measure',
      (target) => ({ target: withQuote(target, { prefix: 'x'.repeat(65) }) }),
      'bad-request',
    ],
    ['a note without measure', () => ({ note: 'x'.repeat(50_001) }), 'bad-request'],
  ];
  const withQuote = (target: AnnotationTarget, quote: object): AnnotationTarget => ({
    ...target,
    selector: { ...target.selector, quote: { ...target.selector.quote, ...quote } },
  });
  it.each(wrong)('refuses %s', async (_, change, expected) => {
    const target = targetOf('stem cells');
    const input = {
      articleId: article.id,
      target,
      colour: 'finding' as const,
      note: '',
      ...(change(target) as object),
    };
    const before = library.store.seq;
    await expect(annotations.service.create(input, context)).rejects.toSatisfy(
      (error) => code(error) === expected,
    );
    expect(library.store.seq).toBe(before);
  });

  it('refuses to change what is gone, and tags that are no names', async () => {
    const made = await create('stem cells');
    await expect(annotations.service.update({ id: made.id, tags: [' '] }, context)).rejects.toSatisfy(
      (error) => code(error) === 'bad-request',
    );
    await annotations.service.remove({ ids: [made.id] }, context);
    await expect(annotations.service.update({ id: made.id, note: 'x' }, context)).rejects.toSatisfy(
      (error) => code(error) === 'not-found',
    );
  });
});
