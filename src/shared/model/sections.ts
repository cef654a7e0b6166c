import type { AbstractSection } from './article';

const commonPrefix = (a: string, b: string): number => {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a.charCodeAt(length) === b.charCodeAt(length)) length += 1;
  return length;
};

const commonSuffix = (a: string, b: string): number => {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length))
    length += 1;
  return length;
};

/** Part of the old text, and how much longer the new one is there. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly shift: number;
}

/**
 * Where two texts differ. Words put in or taken out next to words like them can be told from them at several
 * places; all are given, from the first on, up to a hundred.
 */
const editsBetween = (before: string, after: string): Edit[] => {
  const prefix = commonPrefix(before, after);
  const most = Math.min(before.length, after.length);
  const suffix = commonSuffix(before, after);
  const first = Math.min(prefix, most - suffix);
  const length = before.length - suffix - first;
  return Array.from({ length: Math.min(prefix - first, 100) + 1 }, (_, slide) => ({
    from: first + slide,
    to: first + slide + length,
    shift: after.length - before.length,
  }));
};

const keptAfter = (sections: readonly AbstractSection[], before: string, edit: Edit): AbstractSection[] => {
  const { from, to, shift } = edit;
  let taken = false;
  return sections.flatMap((section, index) => {
    if (!taken && section.start <= from && to <= section.end) {
      taken = true;
      const end = section.end + shift;
      return end > section.start ? [{ ...section, end }] : [];
    }
    if (section.end <= from) return [section];
    const gap = before.slice(sections[index - 1]?.end ?? 0, section.start).trimStart();
    const isAfter = section.start - gap.length >= to;
    return isAfter ? [{ ...section, start: section.start + shift, end: section.end + shift }] : [];
  });
};

/**
 * The sections of an abstract after it was edited by hand. One before the change stays, one after it moves along,
 * one in which all of the change lies grows or shrinks with it; a section whose label or limits were touched is
 * dropped, for where it begins and ends is no longer known.
 */
export const keepSections = (
  sections: readonly AbstractSection[],
  before: string,
  after: string,
): AbstractSection[] => {
  if (before === after) return [...sections];
  return editsBetween(before, after)
    .map((edit) => keptAfter(sections, before, edit))
    .reduce((best, kept) => (kept.length > best.length ? kept : best));
};
