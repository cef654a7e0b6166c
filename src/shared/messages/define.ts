/** A tree of messages. Placeholders are `{{name}}`; plurals are pairs of keys, `x_one` and `x_other`. */
export interface MessageTree {
  readonly [key: string]: string | MessageTree;
}

/** The same keys in Chinese, which has no separate singular. */
type Translated<M extends MessageTree> = {
  readonly [K in keyof M as K extends `${string}_one` ? never : K]: M[K] extends MessageTree
    ? Translated<M[K]>
    : string;
};

/**
 * One feature's messages in both languages, side by side, so that neither can be forgotten: a missing
 * translation does not compile.
 */
export const defineMessages = <const M extends MessageTree>(
  en: M,
  zhCN: Translated<M>,
): { readonly en: M; readonly 'zh-CN': Translated<M> } => ({ en, 'zh-CN': zhCN });
