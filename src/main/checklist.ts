import { webPreferences } from './policies';

/** Kinds of web contents that this app may have: its window, and Chromium's own developer tools beside it. */
const KINDS = ['window', 'remote'];

/**
 * What is wrong with the preferences that a page really got (items 2, 3, 4, 6, 8, 9, 10, 11 of Electron's security
 * checklist); empty when nothing is. Electron does not tell all of them: those it does not name are as asked for.
 */
export const preferenceProblems = (effective: Readonly<Record<string, unknown>>): string[] => {
  const wrong = Object.entries(webPreferences)
    .filter(([name, wanted]) => (effective[name] ?? wanted) !== wanted)
    .map(([name, wanted]) => `${name} is not ${wanted}`);
  const blink = [effective['enableBlinkFeatures'], effective['disableBlinkFeatures']];
  if (blink.some((each) => each !== undefined && each !== '')) wrong.push('Blink features are changed');
  return wrong;
};

/** Why web contents must not exist, empty when they may. `effective` is unknown where Electron does not tell. */
export const contentsProblems = (
  kind: string,
  effective: Readonly<Record<string, unknown>> | undefined,
): string[] => {
  if (!KINDS.includes(kind)) return [`web contents of kind ${kind}`];
  return kind === 'window' && effective !== undefined ? preferenceProblems(effective) : [];
};
