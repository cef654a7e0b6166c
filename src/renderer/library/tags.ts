import type { LibraryOverview } from '#shared/contract/library';

type Tags = LibraryOverview['tags'];

/** As many as the sidebar shows until it is asked for all. */
export const MOST_TAGS = 50;

/** The tags that are used most, and the current one, in the order in which they came. */
export const foremost = (tags: Tags, current: string | undefined): Tags => {
  if (tags.length <= MOST_TAGS) return tags;
  const byUse = [...tags].sort((a, b) => b.count - a.count).slice(0, MOST_TAGS);
  const chosen = new Set(byUse.map(({ tag }) => tag));
  return tags.filter(({ tag }) => chosen.has(tag) || tag === current);
};
