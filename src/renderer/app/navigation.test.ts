import { beforeEach, describe, expect, it } from 'vitest';
import { ArticleId } from '#shared/model/ids';
import { goBack, navigate, useNavigation, type View } from './navigation';

const view = () => useNavigation.getState().view;
const article = (id: string): View => ({ name: 'article', id: ArticleId.parse(id) });
const library: View = { name: 'library', query: {} };
const tagged: View = { name: 'library', query: { tag: 'x' } };
const trash: View = { name: 'trash' };
beforeEach(() => useNavigation.setState(useNavigation.getInitialState()));

describe('navigation', () => {
  const cases: readonly (readonly [string, readonly View[], View])[] = [
    ['to where one came from', [article('a1')], library],
    ['to the list as it was filtered', [tagged, article('a1')], tagged],
    ['from an article to the one before', [article('a1'), article('a2')], article('a1')],
    [
      'out of an article that was opened at another passage',
      [trash, article('a1'), { ...article('a1'), passage: { start: 1, end: 2 } } as View],
      trash,
    ],
    [
      'out of the reading list past its tabs',
      [
        { name: 'reading-list', status: 'read' },
        { name: 'reading-list', status: 'inbox' },
      ],
      library,
    ],
    ['not into an import that is over', [trash, { name: 'import' }, article('a1')], trash],
    ['to the library where there is nothing before', [], library],
  ];
  it.each(cases)('goes back %s', (_name, views, expected) => {
    for (const each of views) navigate(each);
    goBack();
    expect(view()).toEqual(expected);
  });

  it('goes back step by step, and stays in the library at the end', () => {
    for (const each of [tagged, trash, article('a1')]) navigate(each);
    const seen = [1, 2, 3, 4].map(() => {
      goBack();
      return view();
    });
    expect(seen).toEqual([trash, tagged, library, library]);
  });

  it('remembers no more than is of use', () => {
    for (let n = 0; n < 200; n += 1) navigate(article(`a${n}`));
    expect(useNavigation.getState().past).toHaveLength(50);
  });
});
