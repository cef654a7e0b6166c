import { defineMessages } from './define';

/** The screens shown instead of a library that could not be opened. */
export const status = defineMessages(
  {
    missing: 'The library folder is not there',
    missingWhy:
      'A library was opened here before, but the folder {{path}} cannot be found. The drive may not be plugged in, or the folder may have been moved or not synced yet.',
    'empty-but-known': 'The library folder is empty',
    'empty-but-knownWhy':
      'A library was opened here before, but {{path}} holds nothing now. It is not taken for a new library.',
    'not-a-library': 'This folder is not a library',
    'not-a-libraryWhy':
      '{{path}} holds other files and no library. Choose an empty folder, or one that holds a library.',
    'not-writable': 'The library folder cannot be written to',
    'not-writableWhy': '{{path}}: {{cause}}.',
    unreadable: 'The library cannot be read',
    unreadableWhy: '{{file}} in {{path}}: {{cause}}. The file was left as it is.',
    newer: 'This library was written by a newer version',
    newerWhy:
      '{{file}} in {{path}} has format {{schema}}; this version reads formats up to {{known}}. Install the newest Hepatica to open it.',
    locked: 'The library is in use',
    lockedWhy: 'Another Hepatica (process {{pid}} on {{host}}) has had {{path}} open since {{since}}.',
    lockedElsewhere:
      'If you are sure that it is not running on {{host}} any more, you can take the library over. Writing from two machines at once would lose work.',
    nothingChanged: 'Nothing in the folder was changed.',
    tryAgain: 'Try again',
    tried: 'Tried again at {{time}}, with the same result.',
    openReadOnly: 'Open for reading only',
    takeOver: 'Take over',
    createHere: 'Make a new library here',
  },
  {
    missing: '找不到文献库文件夹',
    missingWhy:
      '此前曾在此打开文献库，但现在找不到文件夹 {{path}}。可能是磁盘未连接，或文件夹已移动、尚未同步。',
    'empty-but-known': '文献库文件夹是空的',
    'empty-but-knownWhy': '此前曾在此打开文献库，但 {{path}} 现在没有内容。程序不会把它当作新文献库。',
    'not-a-library': '此文件夹不是文献库',
    'not-a-libraryWhy': '{{path}} 中有其他文件，但没有文献库。请选择空文件夹或文献库所在的文件夹。',
    'not-writable': '无法写入文献库文件夹',
    'not-writableWhy': '{{path}}：{{cause}}。',
    unreadable: '无法读取文献库',
    unreadableWhy: '{{path}} 中的 {{file}}：{{cause}}。文件保持原样。',
    newer: '此文献库由更新的版本写入',
    newerWhy:
      '{{path}} 中的 {{file}} 使用格式 {{schema}}，本版本最高支持格式 {{known}}。请安装最新版 Hepatica 后打开。',
    locked: '文献库正在使用中',
    lockedWhy: '另一个 Hepatica（{{host}} 上的进程 {{pid}}）自 {{since}} 起打开了 {{path}}。',
    lockedElsewhere: '如果确定它已不在 {{host}} 上运行，可以接管文献库。两台机器同时写入会丢失内容。',
    nothingChanged: '文件夹中没有任何改动。',
    tryAgain: '重试',
    tried: '已于 {{time}} 重试，结果相同。',
    openReadOnly: '以只读方式打开',
    takeOver: '接管',
    createHere: '在此新建文献库',
  },
);
