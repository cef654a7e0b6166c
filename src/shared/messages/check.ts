import { defineMessages } from './define';

/** What a check of the library found and a repair did, in the dialog and on the command line. */
export const check = defineMessages(
  {
    title: 'Check library',
    fine: 'The library is in order.',
    problems_one: '{{count}} problem was found.',
    problems_other: '{{count}} problems were found.',
    'not-checked': 'The library could not be checked.',
    read: '{{files}} files, {{articles}} articles, {{annotations}} annotations and {{collections}} collections.',
    more_one: '{{count}} more is not listed.',
    more_other: '{{count}} more are not listed.',
    unchanged: 'Nothing was changed.',
    severity: { error: 'Error', warning: 'Warning', note: 'Note' },
    findings: {
      'no-library': 'There is no library in this folder. {{detail}}',
      'unreadable-file': '{{file}} cannot be read: {{detail}}. Check its permissions and the disk.',
      'damaged-file':
        '{{file}} is damaged: {{detail}}. It is kept in quarantine when the library is opened; take its records from a backup.',
      'newer-file':
        '{{file}} was written by a newer Hepatica (format {{detail}}). Install the newest version.',
      'missing-file': '{{file}} is not there. Look for it in a backup, or let the sync program finish.',
      'journal-line':
        '{{file}}: line {{entry}} is damaged. The other lines are good, and the file is kept in quarantine when the library is opened.',
      'bad-record':
        '{{file}}: record {{entry}} is not as it should be ({{detail}}). It is kept, and not shown.',
      'misplaced-record': '{{file}}: record {{entry}} belongs in {{detail}}. It is shown all the same.',
      'duplicate-record': '{{file}}: record {{entry}} is also in {{detail}}. What both know is shown.',
      'lost-article':
        '{{file}}: annotation {{entry}} is on article {{detail}}, which is not in the library. It is kept.',
      'lost-text': '{{file}}: annotation {{entry}} is on text {{detail}}, which its article does not name.',
      'lost-collection': '{{file}}: article {{entry}} is in collection {{detail}}, which does not exist.',
      'lost-parent': '{{file}}: collection {{entry}} lies in collection {{detail}}, which does not exist.',
      'circular-parents':
        '{{file}}: collection {{entry}} lies in collection {{detail}}, which lies in it in turn.',
      'missing-content':
        '{{detail}} is not there, but article {{entry}} in {{file}} names it. Look for it in a backup, or import its source again.',
      'changed-content': '{{file}} does not hold what its name says. It is not used.',
      'unnamed-content': '{{file}} is named by no article.',
      'damaged-backup':
        '{{file}}: this backup is not whole ({{detail}} {{entry}}). The others are not touched by that.',
      'conflict-copy': '{{file}} is another copy of {{detail}}. It is merged when the library is opened.',
      quarantined: '{{file}} was put aside earlier.',
      leftover:
        '{{file}} was left half written by a program that was ended. It is removed when the library is opened.',
      'unknown-file': '{{file}} is not part of the library. It is left alone.',
    },
    found: 'What was found',
    running: 'Checking the library',
    cancelled: 'The check was cancelled. Nothing was changed.',
    again: 'Check again',
    cancel: 'Cancel',
    repair: 'Repair',
    repairable_one: '{{count}} of them can be put right.',
    repairable_other: '{{count}} of them can be put right.',
    repairWhat:
      'Records are put into their own file, collections that do not exist are forgotten, and contents that nothing uses are moved to quarantine. Nothing is deleted. What can be undone now cannot be undone afterwards.',
    confirm: 'Repair this library? [y/N]',
    repaired:
      '{{rehomed}} records were put into their own file, {{unlinked}} links to collections were removed, and {{putAside}} files were moved to quarantine.',
    exported: '{{file}} holds {{articles}} articles, {{annotations}} annotations and {{contents}} contents.',
    exportedInPart: 'Files that could not be read were left out; README.txt in it names them: {{count}}.',
    exportExists: '{{file}} exists already. Choose another name.',
    exportFailed: '{{file}} could not be written: {{cause}}.',
    exportNothing: 'There is no library in {{path}}.',
    confirmMissing: 'A repair has to be confirmed: say --yes.',
    badOption: '{{cause}}. See "hepatica --help".',
    readme: `This is everything in a Hepatica library, in open formats.

articles.json       articles as CSL-JSON 1.0.2; what CSL has no place for is under "custom"
annotations.jsonld  highlights and notes as W3C Web Annotations (JSON-LD)
notes/              the same as Markdown, a file for each article
collections.json    collections; "parent" is the one that a collection lies in
reading-list.csv    the reading list (UTF-8)
settings.json       settings
documents/          reading texts as HTML, named by their SHA-256
sources/            imported files, untouched, named by their SHA-256
assets/             images
quarantine/         files that were put aside, as they were found
unreadable/         files of records that could not be read, as they are

In annotations.jsonld, "hepatica:article/ID/TEXT" is the text TEXT of the article ID: a file in documents/, or the abstract in articles.json. Articles and annotations in the Trash have "deletedAt".`,
    readmeLeft: 'What could not be read:',
    usage: `usage: hepatica check DIR [--json] [--repair [--yes]] [--user-data=DIR]
       hepatica export DIR FILE.zip [--json]
       hepatica --help | --version

check    looks at every file of the library in DIR and says what is wrong; changes nothing
  --repair         puts right what can be without taking anything away, after asking
  --yes            does not ask
  --user-data=DIR  the folder of settings and logs
export   writes everything in open formats into a new FILE.zip
  --json           prints what was found or written as JSON

Exit code: 0 fine, 1 something was found, 2 it could not be done.`,
  },
  {
    title: '检查文献库',
    fine: '文献库完好。',
    problems_other: '发现 {{count}} 个问题。',
    'not-checked': '无法检查文献库。',
    read: '{{files}} 个文件，{{articles}} 篇文献，{{annotations}} 条标注，{{collections}} 个分类。',
    more_other: '另有 {{count}} 项未列出。',
    unchanged: '没有任何改动。',
    severity: { error: '错误', warning: '警告', note: '提示' },
    findings: {
      'no-library': '此文件夹中没有文献库。{{detail}}',
      'unreadable-file': '无法读取 {{file}}：{{detail}}。请检查权限和磁盘。',
      'damaged-file': '{{file}} 已损坏：{{detail}}。打开文献库时会把它保留在隔离区；其中的记录请从备份恢复。',
      'newer-file': '{{file}} 由更新版本的 Hepatica 写入（格式 {{detail}}）。请安装最新版本。',
      'missing-file': '{{file}} 不存在。请在备份中查找，或等待同步完成。',
      'journal-line': '{{file}}：第 {{entry}} 行已损坏。其他行完好，打开文献库时会把此文件保留在隔离区。',
      'bad-record': '{{file}}：记录 {{entry}} 不符合格式（{{detail}}）。它会保留，但不显示。',
      'misplaced-record': '{{file}}：记录 {{entry}} 应在 {{detail}} 中。它仍会显示。',
      'duplicate-record': '{{file}}：记录 {{entry}} 也在 {{detail}} 中。显示的是两者合并的内容。',
      'lost-article': '{{file}}：标注 {{entry}} 所属的文献 {{detail}} 不在文献库中。标注会保留。',
      'lost-text': '{{file}}：标注 {{entry}} 所在的文本 {{detail}} 不属于其文献。',
      'lost-collection': '{{file}}：文献 {{entry}} 所在的分类 {{detail}} 不存在。',
      'lost-parent': '{{file}}：分类 {{entry}} 的上级分类 {{detail}} 不存在。',
      'circular-parents': '{{file}}：分类 {{entry}} 与上级分类 {{detail}} 互相包含。',
      'missing-content':
        '{{detail}} 不存在，但 {{file}} 中的文献 {{entry}} 引用了它。请在备份中查找，或重新导入来源。',
      'changed-content': '{{file}} 的内容与其名称不符，不会被使用。',
      'unnamed-content': '没有文献引用 {{file}}。',
      'damaged-backup': '{{file}}：此备份不完整（{{detail}} {{entry}}）。其他备份不受影响。',
      'conflict-copy': '{{file}} 是 {{detail}} 的另一个副本，打开文献库时会合并。',
      quarantined: '{{file}} 此前已被隔离。',
      leftover: '{{file}} 是程序中断时留下的半成品，打开文献库时会删除。',
      'unknown-file': '{{file}} 不属于文献库，保持不动。',
    },
    found: '检查结果',
    running: '正在检查文献库',
    cancelled: '检查已取消，没有任何改动。',
    again: '重新检查',
    cancel: '取消',
    repair: '修复',
    repairable_other: '其中 {{count}} 项可以修复。',
    repairWhat:
      '修复会把记录放回其所属文件，移除对不存在分类的引用，并把无人使用的内容移入隔离区。不会删除任何内容。修复后，此前的操作不能再撤销。',
    confirm: '修复此文献库？[y/N]',
    repaired:
      '已把 {{rehomed}} 条记录放回其所属文件，移除 {{unlinked}} 处分类引用，把 {{putAside}} 个文件移入隔离区。',
    exported: '{{file}} 包含 {{articles}} 篇文献、{{annotations}} 条标注和 {{contents}} 份内容。',
    exportedInPart: '有文件无法读取，未能导出，压缩包中的 README.txt 列出了它们：{{count}} 个。',
    exportExists: '{{file}} 已存在，请换一个名称。',
    exportFailed: '无法写入 {{file}}：{{cause}}。',
    exportNothing: '{{path}} 中没有文献库。',
    confirmMissing: '修复需要确认：请加上 --yes。',
    badOption: '{{cause}}。参见 “hepatica --help”。',
    readme: `这里是一个 Hepatica 文献库的全部内容，均为开放格式。

articles.json       文献，CSL-JSON 1.0.2 格式；CSL 没有的内容在 "custom" 中
annotations.jsonld  高亮和笔记，W3C Web Annotation 格式（JSON-LD）
notes/              同样的内容，Markdown 格式，每篇文献一个文件
collections.json    分类；"parent" 是上级分类
reading-list.csv    阅读列表（UTF-8）
settings.json       设置
documents/          阅读文本，HTML 格式，以 SHA-256 命名
sources/            导入的原始文件，未作改动，以 SHA-256 命名
assets/             图片
quarantine/         被隔离的文件，保持原样
unreadable/         无法读取的记录文件，保持原样

annotations.jsonld 中的 "hepatica:article/ID/TEXT" 指文献 ID 的文本 TEXT：documents/ 中的文件，或 articles.json 中的摘要。回收站中的文献和标注带有 "deletedAt"。`,
    readmeLeft: '无法读取的内容：',
    usage: `用法：hepatica check DIR [--json] [--repair [--yes]] [--user-data=DIR]
      hepatica export DIR FILE.zip [--json]
      hepatica --help | --version

check    检查 DIR 中文献库的每个文件并说明问题，不做任何改动
  --repair         询问后修复可以修复的问题，不会删除任何内容
  --yes            不询问
  --user-data=DIR  设置和日志所在的文件夹
export   把全部内容以开放格式写入新的 FILE.zip
  --json           以 JSON 输出结果

退出码：0 完好，1 发现问题，2 无法完成。`,
  },
);
