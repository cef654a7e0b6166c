import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { decode } from './decode';

const CHINESE = '间充质干细胞治疗肝纤维化的研究进展。本文综述了其机制及应用，以期为临床提供参考。';
/** GB2312 bytes of a few words, as an old program writes them. */
const GB18030 = Buffer.from(
  'b8ced3b2bbafb5c4d6cec1c6d1d0bebfa3acb1becec4d7dbcaf6c1cbc6e4bbfad6c6a1a3',
  'hex',
);
const bytesOf = (text: string, encoding: BufferEncoding = 'utf8'): Uint8Array => Buffer.from(text, encoding);
const utf16be = (text: string): Uint8Array => Buffer.from(text, 'utf16le').swap16();

const read = (bytes: Uint8Array, fileName?: string) => {
  const result = decode(bytes, fileName);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};
const refused = (bytes: Uint8Array, fileName?: string) => {
  const result = decode(bytes, fileName);
  if (result.ok) throw new Error(`was read as ${result.value.encoding}`);
  return result.error;
};

describe('text', () => {
  it.each([
    ['UTF-8', bytesOf(CHINESE), CHINESE, 'utf-8'],
    ['UTF-8 with a mark', bytesOf(`\uFEFF${CHINESE}`), CHINESE, 'utf-8'],
    ['UTF-16LE with a mark', bytesOf(`\uFEFF${CHINESE}`, 'utf16le'), CHINESE, 'utf-16le'],
    ['UTF-16BE with a mark', utf16be(`\uFEFF${CHINESE}`), CHINESE, 'utf-16be'],
    ['ASCII', bytesOf('Liver'), 'Liver', 'utf-8'],
    ['HTML', bytesOf('<p onclick="x()">Liver</p>'), '<p onclick="x()">Liver</p>', 'utf-8'],
  ])('reads %s without a doubt', (_, bytes, text, encoding) => {
    expect(read(bytes)).toEqual({ text, encoding, doubts: [] });
  });

  it.each([
    ['UTF-16LE without a mark', bytesOf('Liver and gut', 'utf16le'), 'Liver and gut', 'utf-16le'],
    ['UTF-16BE without a mark', utf16be('Liver and gut'), 'Liver and gut', 'utf-16be'],
    ['GB18030', GB18030, '肝硬化的治疗研究，本文综述了其机制。', 'gb18030'],
    [
      'GB18030 among ASCII',
      Buffer.concat([bytesOf('Title: '), GB18030]),
      'Title: 肝硬化的治疗研究，本文综述了其机制。',
      'gb18030',
    ],
    [
      'Latin-1',
      bytesOf('Thérapie cellulaire: résultats à Genève', 'latin1'),
      'Thérapie cellulaire: résultats à Genève',
      'windows-1252',
    ],
    [
      'Latin-1, German',
      bytesOf('Über die Lebererkrankung', 'latin1'),
      'Über die Lebererkrankung',
      'windows-1252',
    ],
    [
      'windows-1252 quotes',
      Buffer.from([0x93, ...Buffer.from('liver'), 0x94, 0x20, 0x80]),
      '“liver” €',
      'windows-1252',
    ],
  ])('reads %s, and says that it is a guess', (_, bytes, text, encoding) => {
    const decoded = read(bytes);
    expect(decoded).toMatchObject({ text, encoding });
    expect(decoded.doubts).toEqual([{ code: 'guessed', count: 1 }]);
  });

  it('takes a few NULs out and counts them', () => {
    expect(read(bytesOf(`Li\0ver ${'a'.repeat(500)}\0`))).toMatchObject({
      text: `Liver ${'a'.repeat(500)}`,
      doubts: [{ code: 'nuls-removed', count: 2 }],
    });
  });

  it('counts what could not be read in a damaged UTF-8 text', () => {
    const damaged = Buffer.concat([bytesOf(CHINESE), Buffer.from([0xe9, 0x41]), bytesOf(CHINESE)]);
    expect(read(damaged)).toMatchObject({
      encoding: 'utf-8',
      doubts: [{ code: 'unreadable', count: 1 }],
    });
  });
});

describe('what is refused', () => {
  it.each([
    ['%PDF-1.7\n%âãÏÓ', 'pdf'],
    ['PK\x03\x04\x14\x00', 'zip'],
    ['\x89PNG\r\n\x1A\n', 'image'],
    ['\xD0\xCF\x11\xE0\xA1', 'office'],
    ['{\\rtf1 Liver}', 'rtf'],
    ['\x1F\x8B\x08\x00', 'archive'],
    [`Liver${'\0\x01\x02\x07'.repeat(200)}`, 'binary'],
    ['PK\x03\x04\x14\x00\x06\x00[Content_Types].xml', 'office'],
    ['PK\x03\x04\x14\x00\x00\x00mimetypeapplication/epub+zip', 'epub'],
    ['\xFF\xD8\xFF\xE0', 'image'],
    ['\x7FELF\x02\x01', 'program'],
  ])('%j is named', (content, kind) => {
    const problem = refused(bytesOf(content, 'latin1'), 'page.txt');
    expect(problem).toMatchObject({ code: 'binary-input', file: 'page.txt', detail: kind });
    expect(problem.message).toBe(`page.txt is not a text (${kind}). Nothing was imported.`);
  });

  it.each(['', ' \n\t\n', '\uFEFF', '...\n---'])('%j is empty', (text) => {
    expect(refused(bytesOf(text))).toMatchObject({ code: 'empty-input', line: 1 });
  });

  it('does not take a word for the mark of a file', () => {
    expect(read(bytesOf('ID3 positive cells in the liver')).encoding).toBe('utf-8');
  });
});
