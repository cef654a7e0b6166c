import { defineMessages } from './define';

export const search = defineMessages(
  {
    label: 'Search the library',
    placeholder: 'Search titles, abstracts, texts, notes…',
    clear: 'Clear the search',
    results: 'Search results',
    count_one: '{{count}} article',
    count_other: '{{count}} articles',
    best: 'The best {{shown}} of {{total}} articles',
    none: 'Nothing was found.',
    tryThis:
      'Try fewer or shorter words: the last one may be just begun. Only articles outside the Trash are searched.',
    filling: 'The index is still filling: {{indexed}} of {{total}} articles. More may be found in a moment.',
    field: {
      title: 'Title',
      abstract: 'Abstract',
      text: 'Text',
      author: 'Authors',
      journal: 'Journal',
      keyword: 'Keywords',
      tag: 'Tags',
      note: 'Your note',
    },
  },
  {
    label: '搜索文献库',
    placeholder: '搜索标题、摘要、正文、笔记……',
    clear: '清除搜索词',
    results: '搜索结果',
    count_other: '{{count}} 篇文献',
    best: '共 {{total}} 篇，显示最相关的 {{shown}} 篇',
    none: '没有找到相关文献。',
    tryThis: '请减少或缩短搜索词；最后一个词可以只输入开头。回收站中的文献不在搜索范围内。',
    filling: '索引仍在建立：已完成 {{indexed}} / {{total}} 篇，稍后可能会找到更多。',
    field: {
      title: '标题',
      abstract: '摘要',
      text: '正文',
      author: '作者',
      journal: '期刊',
      keyword: '关键词',
      tag: '标签',
      note: '我的笔记',
    },
  },
);
