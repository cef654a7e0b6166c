import { defineMessages } from './define';

export const quarantine = defineMessages(
  {
    title: 'Files put aside',
    hint: 'Files that could not be read, and copies whose content was taken in, are kept here unchanged. Hepatica never deletes them.',
    empty: 'Nothing was put aside',
    emptyHint: 'A file that cannot be read would be kept here, byte for byte.',
    putAside: 'put aside {{time}}',
    lookAgain: 'Try again',
    save: 'Save a copy…',
    showFolder: 'Open the library folder',
    of: '{{action}}: {{file}}',
    states: {
      taken_one: 'One record was taken back into the library.',
      taken_other: '{{count}} records were taken back into the library.',
      known: 'The file is good, and the library has all that is in it.',
      unreadable: 'The file still cannot be read. Save a copy of it if you want to mend it by hand.',
      newer: 'The file was written by a newer version of Hepatica, which can read it.',
      other: 'The file holds no records of this library.',
    },
  },
  {
    title: '隔离的文件',
    hint: '无法读取的文件，以及内容已合并的副本，都原样保留在此。Hepatica 不会删除它们。',
    empty: '没有隔离的文件',
    emptyHint: '无法读取的文件会原样保留在此。',
    putAside: '隔离于 {{time}}',
    lookAgain: '重试',
    save: '另存副本…',
    showFolder: '打开文献库文件夹',
    of: '{{action}}：{{file}}',
    states: {
      taken_other: '已将 {{count}} 条记录取回文献库。',
      known: '文件完好，其内容文献库中均已存在。',
      unreadable: '文件仍无法读取。如需手工修复，请另存副本。',
      newer: '文件由更新版本的 Hepatica 写入，请用新版本读取。',
      other: '文件不含本文献库的记录。',
    },
  },
);
