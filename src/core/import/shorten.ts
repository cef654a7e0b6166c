import type { ImportPreview } from '#shared/contract/import';

/** Bytes of a value as a message carries it. */
export const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value), 'utf8');

/** As many items from the front as fit in `room` bytes. */
const fitting = <T>(items: readonly T[], room: number, costOf: (item: T, at: number) => number): T[] => {
  let left = room;
  const kept: T[] = [];
  for (const [at, item] of items.entries()) {
    left -= costOf(item, at);
    if (left < 0) break;
    kept.push(item);
  }
  return kept;
};

/**
 * A preview in at most `room` bytes: source lines and text are cut at their ends, the fields never, since the page
 * sends them back. The service keeps the whole draft. Undefined where the fields alone are too long.
 */
export const shorten = (preview: ImportPreview, room: number): ImportPreview | undefined => {
  if (sizeOf(preview) <= room) return preview;
  const { draft } = preview;
  const bare = { ...preview, sourceLines: [], draft: { ...draft, lines: [], body: [], related: [] } };
  let left = room - sizeOf(bare) - 100;
  if (left < 0) return undefined;
  const related = fitting(draft.related, left / 3, (stub) => sizeOf(stub) + 1);
  left -= sizeOf(related);
  const body = fitting(draft.body, left / 3, (block) => sizeOf(block) + 1);
  left -= sizeOf(body);
  const sourceLines = fitting(
    preview.sourceLines,
    left,
    (line, at) => sizeOf(line) + sizeOf(draft.lines[at] ?? 'ignored') + 2,
  );
  const hiddenLines = preview.hiddenLines + preview.sourceLines.length - sourceLines.length;
  return {
    ...preview,
    sourceLines,
    hiddenLines,
    draft: { ...draft, related, body, lines: draft.lines.slice(0, sourceLines.length) },
  };
};
