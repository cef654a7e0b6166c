import { fold } from './lines';

const DOI = /10\.\d{4,9}\/[^\s"<>，。；：、）】]{1,200}/;

const isBalanced = (text: string, open: string, close: string): boolean =>
  text.split(open).length === text.split(close).length;

/** The first DOI in a text, lower case and without the punctuation of the sentence around it. */
export const findDoi = (text: string): string | undefined => {
  let doi = DOI.exec(fold(text.slice(0, 4000)))?.[0].toLowerCase();
  if (doi === undefined) return undefined;
  // Pages run the next label straight into it: `10.5009/gnl13365pmcid:`.
  const label = doi.search(/pmc?id|pmc\d|issn(?!\.)/);
  if (label > 8) doi = doi.slice(0, label);
  while (/[.,;:'\])}*]$/.test(doi)) {
    // A bracket at the end belongs to the DOI when the DOI opened it.
    if (doi.endsWith(')') && isBalanced(doi, '(', ')')) break;
    if (doi.endsWith(']') && isBalanced(doi, '[', ']')) break;
    doi = doi.slice(0, -1);
  }
  return doi.endsWith('/') ? undefined : doi;
};

export const findPmid = (text: string): string | undefined =>
  /\bPMID\s{0,3}:?\s{0,3}(\d{1,9})\b/i.exec(fold(text.slice(0, 4000)))?.[1];

export const findPmcid = (text: string): string | undefined =>
  /(?:PMCID\s{0,3}:?\s{0,3}|\b)(PMC\d{3,9})\b/i.exec(fold(text.slice(0, 4000)))?.[1]?.toUpperCase();

export const findIssn = (text: string): string | undefined => {
  const found = /ISSN[^\d]{0,12}(\d{4})-?(\d{3}[\dX])\b/i.exec(fold(text.slice(0, 4000)));
  return found ? `${found[1]}-${found[2]}`.toUpperCase() : undefined;
};

/** EuroPub's own number, with its prefix: `EP768460`. */
export const findEpId = (text: string): string | undefined =>
  /EP\s?ID\s{0,3}:?\s{0,3}(EP[\s-]?\d{2,12}|\d{2,12})/i
    .exec(fold(text.slice(0, 4000)))?.[1]
    ?.replace(/\s/g, '');

const LANGUAGES: ReadonlyMap<string, string> = new Map([
  ['english', 'en'],
  ['chinese', 'zh'],
  ['korean', 'ko'],
  ['japanese', 'ja'],
  ['german', 'de'],
  ['french', 'fr'],
  ['spanish', 'es'],
  ['portuguese', 'pt'],
  ['russian', 'ru'],
  ['italian', 'it'],
  ['vietnamese', 'vi'],
  ['malay', 'ms'],
  ['polish', 'pl'],
  ['turkish', 'tr'],
  ['英文', 'en'],
  ['英语', 'en'],
  ['中文', 'zh'],
  ['汉语', 'zh'],
  ['日文', 'ja'],
  ['韩文', 'ko'],
]);

/** BCP 47 for the name of a language as pages write it. */
export const languageOf = (name: string): string | undefined =>
  LANGUAGES.get(
    fold(name)
      .trim()
      .toLowerCase()
      .replace(/[.;,].*$/, ''),
  );
