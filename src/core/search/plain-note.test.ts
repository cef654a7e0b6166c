import { describe, expect, it } from 'vitest';
import { plainNote } from './plain-note';

describe('plainNote', () => {
  it.each([
    ['plain words', 'Seen on the ward - twice.', 'Seen on the ward - twice.'],
    ['emphasis', '**Portal** _vein_ ~~never~~ `TIPS`', 'Portal vein never TIPS'],
    ['a heading and a list', '# Plan\n\n- first\n- second\n\n1. one', 'Plan\nfirst\nsecond\none'],
    ['a link and a picture', '[Baveno](https://example.org/x) ![scan](x.png)', 'Baveno scan'],
    ['a table', '| Drug | Dose |\n| --- | --- |\n| UDCA | 15 mg/kg |', 'Drug Dose\nUDCA 15 mg/kg'],
    ['tasks', '- [ ] ask\n- [x] read', 'ask\nread'],
    ['less and greater than', 'ALT < 40 and AST > 40', 'ALT < 40 and AST > 40'],
    ['HTML, which is shown as text', 'x <b>y</b>', 'x <b>y</b>'],
    ['a quotation', '> said\n> so', 'said\nso'],
    ['an escape and an entity', '3\\*4 &amp; 5', '3*4 & 5'],
    ['Chinese', '**门静脉**血栓', '门静脉血栓'],
    ['a star that is none', '2 * 3', '2 * 3'],
    ['ranges', '2~3 天，4~5 天', '2~3 天，4~5 天'],
    ['nothing', '', ''],
  ])('%s', (_name, note, plain) => expect(plainNote(note)).toBe(plain));
});
