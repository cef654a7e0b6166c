import { describe, expect, it } from 'vitest';
import { isFurniture, isJournalSection } from './furniture';

describe('isJournalSection', () => {
  it.each([
    'Articles',
    'Original Article',
    'ORIGINAL ARTICLE - LIVER',
    'Research Article · Cholestasis and Autoimmune Liver Disease',
    'Review',
    'Original Contribution',
    'Rapid Communication',
    '论著',
    '论著·肝纤维化',
    '[综述]',
  ])('yes: %s', (line) => {
    expect(isJournalSection(line)).toBe(true);
    expect(isFurniture(line)).toBe(true);
  });

  it.each([
    'Trials',
    'Scientific Reports',
    'Translational Research',
    'Clinical Case Reports',
    'Review: hepatorenal syndrome',
    'Letter to a young hepatologist',
    'Guidelines for the treatment of ascites',
    'Case report of a rare tumour',
    '综述肝硬化的治疗进展',
    '肝硬化腹水的诊治进展',
  ])('no: %s', (line) => expect(isFurniture(line)).toBe(false));
});
