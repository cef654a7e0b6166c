import { nameOf } from '#shared/model/article';
import type { Author } from '#shared/model/author';

/** The lines of a text field that hold something. */
export const linesOf = (text: string): string[] =>
  text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** `Family, Given`, so that it is plain which is which; a name in Han characters is written together. */
export const lineOf = (author: Author): string => {
  const { family, given, literal } = author;
  if (literal !== undefined || family === undefined || given === undefined) return nameOf(author);
  return /\p{Script=Han}/u.test(family) ? `${family}${given}` : `${family}, ${given}`;
};

/** Words that only the names of groups have; such a name has no family part. */
const GROUP =
  /\b(association|collaboration|collaborative|committee|consortium|group|initiative|investigators|network|panel|society|study|team|trial)\b/i;

/**
 * An author from one line. Only a comma, or a word in capitals beside one that is not, says which part is the family
 * name; any other name is kept as it was typed rather than guessed at.
 */
export const authorOf = (line: string): Author => {
  const comma = /^([^,，]+)[,，]\s*([^,，]+)$/u.exec(line);
  if (comma?.[1] !== undefined && comma[2] !== undefined)
    return { family: comma[1].trim(), given: comma[2].trim() };
  const words = line.split(/\s+/);
  const capitals = words.filter((word) => /^\p{Lu}[\p{Lu}'’-]+$/u.test(word));
  const [family] = capitals;
  if (family === undefined || capitals.length !== 1 || words.length === 1 || GROUP.test(line))
    return { literal: line };
  return { family, given: words.filter((word) => word !== family).join(' ') };
};

/** A line that was not touched keeps its author whole, with affiliations. */
export const authorsFrom = (text: string, original: readonly Author[]): Author[] => {
  const left = [...original];
  return linesOf(text).map((line) => {
    const index = left.findIndex((author) => lineOf(author).trim() === line);
    return (index === -1 ? undefined : left.splice(index, 1)[0]) ?? authorOf(line);
  });
};
