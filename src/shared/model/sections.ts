import type { AbstractSection } from './article';

const commonPrefix = (a: string, b: string): number => {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a.charCodeAt(length) === b.charCodeAt(length)) length += 1;
  return length;
};

const commonSuffix = (a: string, b: string, most: number): number => {
  let length = 0;
  while (length < most && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length))
    length += 1;
  return length;
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
  const from = commonPrefix(before, after);
  const suffix = commonSuffix(before, after, Math.min(before.length, after.length) - from);
  const to = before.length - suffix;
  const shift = after.length - before.length;
  let taken = false;
  return sections.flatMap((section, index) => {
    if (!taken && section.start <= from && to <= section.end) {
      taken = true;
      const end = section.end + shift;
      return end > section.start ? [{ ...section, end }] : [];
    }
    if (section.end <= from) return [section];
    const labelFrom = sections[index - 1]?.end ?? 0;
    return labelFrom >= to ? [{ ...section, start: section.start + shift, end: section.end + shift }] : [];
  });
};
