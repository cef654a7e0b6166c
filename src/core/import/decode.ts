import { err, ok, type Result } from '#shared/lib/result';
import type { EncodingDoubt } from '#shared/model/draft';
import type { Problem } from '#shared/model/problem';
import { COMMON_HAN } from './common-han';
import { type FileKind, magicOf } from './magic';

/** A source as text, and how sure that is. */
export interface Decoded {
  readonly text: string;
  /** Name of the encoding in the WHATWG standard, lower case. */
  readonly encoding: string;
  /** Why the reader should look at the characters; empty when there is no doubt. */
  readonly doubts: readonly EncodingDoubt[];
}

/** NULs up to this share of a text are an accident; more are the sign of another kind of file. */
const NUL_SHARE = 0.001;
const NUL_FEW = 16;
const CONTROL_SHARE = 0.02;
const SAMPLE = 200_000;

// Node decodes windows-1252 as Latin-1 (seen in 20.20), so the 27 characters that differ are put in here.
const WINDOWS_1252 =
  '\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178';

const readWindows1252 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .replace(/[\u0080-\u009F]/g, (sign) => WINDOWS_1252[sign.charCodeAt(0) - 0x80] ?? sign);

const tryStrict = (encoding: string, bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    // The decoder's way to say that the bytes are not in this encoding; anything else is a bug.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
};

const countOf = (text: string, sign: string): number => text.split(sign).length - 1;

const withoutNuls = (text: string, encoding: string, guessed = false): Decoded => {
  const nuls = countOf(text, '\0');
  const doubts: EncodingDoubt[] = [
    { code: 'guessed', count: guessed ? 1 : 0 },
    { code: 'unreadable', count: countOf(text, '\uFFFD') },
    { code: 'nuls-removed', count: nuls },
  ];
  return {
    text: nuls > 0 ? text.replaceAll('\0', '') : text,
    encoding,
    doubts: doubts.filter(({ count }) => count > 0),
  };
};

/** UTF-16 by its mark, or without one by NULs that stand at only even or only odd places. */
const utf16Of = (bytes: Uint8Array): { encoding: 'utf-16le' | 'utf-16be'; marked: boolean } | undefined => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', marked: true };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', marked: true };
  const length = Math.min(bytes.length, 4000);
  let even = 0;
  let odd = 0;
  for (let at = 0; at < length; at += 1) {
    if (bytes[at] !== 0) continue;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  if (even + odd < length * 0.3 || bytes.length < 8) return undefined;
  if (odd > even * 20) return { encoding: 'utf-16le', marked: false };
  return even > odd * 20 ? { encoding: 'utf-16be', marked: false } : undefined;
};

/** What kind of binary content the bytes are, or undefined for text. */
const binaryKind = (bytes: Uint8Array): FileKind | undefined => {
  const known = magicOf(bytes);
  if (known !== undefined) return known;
  const length = Math.min(bytes.length, SAMPLE);
  let nuls = 0;
  let control = 0;
  for (let at = 0; at < length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === 0) nuls += 1;
    else if (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27)
      control += 1;
  }
  const many = nuls > Math.max(NUL_FEW, length * NUL_SHARE) || (nuls > 0 && nuls > length / 4);
  return many || control > Math.max(8, length * CONTROL_SHARE) ? 'binary' : undefined;
};

const isHigh = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x80;
const isLetter = (byte: number | undefined): boolean =>
  byte !== undefined && ((byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a));

/** Share of high bytes that are letters of western languages, or quotes and dashes, standing alone. */
const westernShare = (bytes: Uint8Array): number => {
  let high = 0;
  let western = 0;
  for (let at = 0; at < Math.min(bytes.length, SAMPLE); at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) continue;
    high += 1;
    const alone = !isHigh(bytes[at - 1]) && !isHigh(bytes[at + 1]);
    const sign = byte <= 0x9f || (byte >= 0xa0 && byte <= 0xbf);
    if (alone && (byte >= 0xc0 || sign) && (isLetter(bytes[at - 1]) || isLetter(bytes[at + 1]) || sign))
      western += 1;
  }
  return high === 0 ? 0 : western / high;
};

/** Share of the Han characters that are common ones. */
const hanShare = (text: string): number => {
  let han = 0;
  let common = 0;
  for (const sign of text.slice(0, SAMPLE)) {
    if (!/\p{Script=Han}/u.test(sign)) continue;
    han += 1;
    if (COMMON_HAN.has(sign)) common += 1;
  }
  return han === 0 ? 0 : common / han;
};

/** UTF-8 in which a few bytes are damaged: most of what is not ASCII must still be whole. */
const damagedUtf8 = (bytes: Uint8Array): string | undefined => {
  const text = new TextDecoder('utf-8').decode(bytes);
  const broken = countOf(text, '\uFFFD');
  const whole = [...text.slice(0, SAMPLE)].filter((sign) => sign > '\x7f' && sign !== '\uFFFD').length;
  return whole >= 4 && broken * 10 <= whole ? text : undefined;
};

const readLegacy = (bytes: Uint8Array): Decoded => {
  const damaged = damagedUtf8(bytes);
  if (damaged !== undefined) return withoutNuls(damaged, 'utf-8');
  const chinese = tryStrict('gb18030', bytes);
  if (chinese !== undefined && hanShare(chinese) >= Math.max(0.1, westernShare(bytes))) {
    return withoutNuls(chinese, 'gb18030', true);
  }
  return withoutNuls(readWindows1252(bytes), 'windows-1252', true);
};

const named = (fileName: string | undefined): string => fileName ?? 'The pasted text';

/**
 * Turns bytes into text: UTF-8 or UTF-16 where they say so or are valid, else GB18030 or windows-1252, whichever
 * reads better. Fails with `binary-input` for what is no text, and with `empty-input` where nothing is.
 */
export const decode = (bytes: Uint8Array, fileName?: string): Result<Decoded, Problem> => {
  const place = fileName === undefined ? {} : { file: fileName };
  const wide = utf16Of(bytes);
  const kind = wide ? undefined : binaryKind(bytes);
  if (kind !== undefined) {
    return err({
      code: 'binary-input',
      message: `${named(fileName)} is not a text (${kind}). Nothing was imported.`,
      ...place,
      detail: kind,
    });
  }
  const decoded = wide ? readWide(bytes, wide) : readNarrow(bytes);
  if (!/[\p{L}\p{N}]/u.test(decoded.text)) {
    const message = `${named(fileName)} is empty: there is no line with a word in it.`;
    return err({ code: 'empty-input', message, ...place, line: 1 });
  }
  return ok(decoded);
};

const readWide = (bytes: Uint8Array, wide: { encoding: string; marked: boolean }): Decoded =>
  withoutNuls(new TextDecoder(wide.encoding).decode(bytes), wide.encoding, !wide.marked);

const readNarrow = (bytes: Uint8Array): Decoded => {
  const strict = tryStrict('utf-8', bytes);
  return strict === undefined ? readLegacy(bytes) : withoutNuls(strict, 'utf-8');
};
