import { defineMessages } from './define';

/** What went wrong, by the code of a problem: what happened, what was kept, what to do. */
export const problems = defineMessages(
  {
    'bad-request': 'The app could not make sense of this: {{detail}}',
    'unknown-method': 'This host does not know what was asked. It may be an older version.',
    'too-large': 'This is too large to be sent in one piece. Nothing was changed.',
    cancelled: 'Cancelled. Nothing was changed.',
    disconnected:
      'The connection to the library was lost before the answer came. Check whether the change is there.',
    internal: 'Something went wrong inside the app. Your library is as it was saved last.',
    'library-closed': 'The library is not open.',
    'not-found': 'This is no longer in the library.',
    conflict: 'This cannot be done here: {{detail}}',
    'read-only': 'The library is open for reading only. Nothing was changed.',
    'not-saved': 'Not saved yet: {{detail}}. The change is kept in memory and is tried again.',
    'nothing-to-undo': 'There is nothing to undo.',
    'upload-unknown': 'The file is no longer there. Add it again.',
    'empty-input': 'There is no text in {{file}}. Nothing was added.',
    'binary-input':
      '{{file}} is not a text ({{detail}}). Nothing was added. Copy the text of the page and paste it.',
    clipboard: 'the clipboard',
  },
  {
    'bad-request': '无法理解此操作：{{detail}}',
    'unknown-method': '主机不认识此请求，可能是旧版本。',
    'too-large': '内容过大，无法一次发送。没有任何改动。',
    cancelled: '已取消，没有任何改动。',
    disconnected: '收到答复前与文献库的连接已断开，请检查改动是否已生效。',
    internal: '应用内部出错。文献库保持上次保存的状态。',
    'library-closed': '文献库尚未打开。',
    'not-found': '它已不在文献库中。',
    conflict: '此处不能这样做：{{detail}}',
    'read-only': '文献库以只读方式打开，没有任何改动。',
    'not-saved': '尚未保存：{{detail}}。改动保留在内存中，将自动重试。',
    'nothing-to-undo': '没有可撤销的操作。',
    'upload-unknown': '文件已不存在，请重新添加。',
    'empty-input': '{{file}}中没有文字，未添加任何内容。',
    'binary-input': '{{file}}不是文本（{{detail}}），未添加任何内容。请复制网页文字后粘贴。',
    clipboard: '剪贴板',
  },
);
