import { defineMessages } from './define';

/** What only the desktop app says: the system's own menu items, and that it could not start. */
export const desktop = defineMessages(
  {
    quit: 'Quit',
    close: 'Close window',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select all',
    fullScreen: 'Full screen',
    about: 'About Hepatica',
    startFailed: 'Hepatica could not start',
  },
  {
    quit: '退出',
    close: '关闭窗口',
    cut: '剪切',
    copy: '复制',
    paste: '粘贴',
    selectAll: '全选',
    fullScreen: '全屏',
    about: '关于 Hepatica',
    startFailed: 'Hepatica 无法启动',
  },
);
