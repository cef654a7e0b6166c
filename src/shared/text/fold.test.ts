import { describe, expect, it } from 'vitest';
import { fold } from './fold';

describe('fold', () => {
  it.each([
    ['Hepatitis', 'hepatitis'],
    ['Sjögren', 'sjogren'],
    ['Sjo\u0308gren', 'sjogren'],
    ['NAÏVE', 'naive'],
    ['Ｈｅｐ１２', 'hep12'],
    ['ﬁbrosis', 'fibrosis'],
    ['Straße', 'strasse'],
    ['STRASSE', 'strasse'],
    ['Łódź', 'lodz'],
    ['İstanbul', 'istanbul'],
    ['γ-GT', 'γ-gt'],
    ['Γ', 'γ'],
    ['ΤΕΛΟΣ', 'τελοσ'],
    ['\u00b5mol', '\u03bcmol'],
    ['m²', 'm2'],
    ['hepa\u00adtitis', 'hepatitis'],
    ['肝细胞癌', '肝细胞癌'],
    ['', ''],
  ])('%j becomes %j', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it('changes nothing the second time', () => {
    for (const text of ['Ǆ ẞ ϓ K', 'ﷺ', '①②', '㎏', '\ud800']) expect(fold(fold(text))).toBe(fold(text));
  });
});
