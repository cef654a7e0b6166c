import type { AbstractSection, SectionKind } from '#shared/model/article';
import { fold } from './lines';

const KINDS: readonly (readonly [RegExp, SectionKind])[] = [
  [/^(?:background|introduction|context|rationale|importance|背景|研究背景|引言|前言)/i, 'background'],
  [/^(?:objectives?|aims?|purpose|goals?|hypothesis|目的|研究目的|目标)/i, 'objective'],
  [/(?:results?|findings?|outcomes?|measurements and main results|结果|研究结果|发现)$/i, 'results'],
  [
    /^(?:materials?|methods?|design|settings?|patients?|participants?|subjects?|interventions?|measurements?|data sources?|study|search|selection|approach|methodology|procedures?|eligibility|main outcome|方法|资料|材料|对象|研究方法|设计)/i,
    'methods',
  ],
  [/(?:methods?|methodology|方法)$/i, 'methods'],
  [/^(?:results?|findings?|outcomes?|main (?:results|findings)|结果)/i, 'results'],
  [/^(?:conclusions?|interpretation|discussion|implications?|结论|总结|讨论|研究结论)/i, 'conclusions'],
];

/** Labels that may stand with a colon or alone on a line; those in capitals with a colon need not be listed. */
const WORDS =
  "background(?: and aims?| & aims?|/aims?| and purpose| and objectives?| & objectives?|/objectives?| data)?|introduction|context|rationale|importance|objectives?(?: and methods)?|aims?(?: and methods)?|aims? of the study|purposes?|goals?(?: of the work)?|hypothesis|(?:patients|subjects|materials?|participants) (?:and|&) methods?|aims and objectives|methods?(?: and (?:results|materials|patients|analysis|findings))?|methods/materials|methods/design|methods and design|methodology(?:/principal findings)?|(?:methods and )?principal findings|methods/principal findings|study design|study design and setting|design|settings?|patients?|participants?|interventions?|measurements?|main outcome measures?|main outcomes? and measures?|outcome measures?|measurements and main results|data sources?|data sources and study selection|study selection|data extraction(?: and synthesis)?|data synthesis|data collection and analysis|search methods|search strategy|selection criteria|eligibility criteria|main (?:results|findings)|approach (?:and|&) results|results?|results and conclusions?|findings?|key findings|outcomes?|conclusions?(?: and relevance)?|conclusions?/significance|conclusions? and implications|authors?'? conclusions?|interpretation|discussion|implications?|significance|summary|limitations?|funding|registration|trial regist(?:ration|er|ry)(?: number)?|clinical trials? registration|clinical trial number|systematic review registration|novelty|clinical relevance|case (?:presentation|summary|report)|research background";
/** Parts that follow the abstract on a publisher's page and belong to it in PubMed: labels only with a colon. */
const INLINE_WORDS = `${WORDS}|lay summary|plain language summary|impact (?:and|&) implications`;
const HAN_WORDS =
  '研究背景|研究目的|研究方法|研究结果|研究结论|资料与方法|材料与方法|对象与方法|资料和方法|材料和方法|背景|目的|方法|结果|结论|讨论|总结|引言|前言|临床资料|病例介绍';

const KNOWN = new RegExp(`^(?:${WORDS}|${HAN_WORDS})$`, 'iu');

const isKnown = (text: string): boolean => KNOWN.test(text);

/**
 * Whether a text is nothing but a label of an abstract's section, with or without brackets and colon. Two labels
 * joined (`Design and Setting`, `Method/Design`) are one.
 */
export const isSectionLabel = (text: string): boolean => {
  if (text.length > 60) return false;
  const plain = fold(text)
    .replace(/^\[|[\]:.]+$/g, '')
    .trim();
  return isKnown(plain) || plain.split(/\s?(?:\/|&|,|\band\b)\s?/).every(isKnown);
};

/** What a label stands for; `other` where none of the five fits. */
export const kindOf = (label: string): SectionKind => {
  const plain = fold(label).trim();
  return KINDS.find(([pattern]) => pattern.test(plain))?.[1] ?? 'other';
};

interface Found {
  readonly label: string;
  /** Where the label with its brackets begins, and where its text begins. */
  readonly at: number;
  readonly textAt: number;
}

// Where a label may begin: at the start, on a new line, or after the end of a sentence.
const PLACE = '(?<=^|\\n|[.。!?;；)\\]”"]\\s{0,2})';
const BRACKETED = new RegExp(`\\[\\s?(?<label>${WORDS}|${HAN_WORDS})\\s?\\]\\s?:?\\s{0,2}`, 'giu');
const WITH_COLON = new RegExp(`${PLACE}(?<label>${INLINE_WORDS}|${HAN_WORDS})\\s?:\\s{0,2}`, 'giu');
const CAPITALS = new RegExp(`${PLACE}(?<label>[A-Z][A-Z &/,'-]{4,58}[A-Z]):\\s{0,2}`, 'gu');
const HAN_SPACED = new RegExp(`${PLACE}(?<label>${HAN_WORDS})\\s{1,2}(?=\\p{Script=Han}|[A-Z\\d])`, 'gu');
const BARE =
  /(?<=^|\n|[.]\s{0,2})(?<label>Background|Objectives?|Aims?|Purpose|Methods?|Materials and Methods|Results?|Conclusions?)\s(?=[A-Z\d])/gu;

const findAll = (key: string, pattern: RegExp): Found[] =>
  [...key.matchAll(pattern)].map((found) => ({
    label: found.groups?.['label'] ?? '',
    at: found.index,
    textAt: found.index + found[0].length,
  }));

/** Labels that have a line to themselves. */
const findAlone = (key: string): Found[] => {
  const found: Found[] = [];
  let at = 0;
  for (const line of key.split('\n')) {
    const textAt = at + line.length + 1;
    if (isSectionLabel(line))
      found.push({ label: line.replace(/[:.]$/, ''), at, textAt: Math.min(textAt, key.length) });
    at = textAt;
  }
  return found;
};

const kindsOf = (found: readonly Found[]): number => new Set(found.map((entry) => kindOf(entry.label))).size;

const findLabels = (key: string): Found[] => {
  // Looking for what cannot be there costs most of the time on a page of many teasers.
  const sure = [
    ...(key.includes('[') ? findAll(key, BRACKETED) : []),
    ...(key.includes(':') ? findAll(key, WITH_COLON) : []),
    ...(/[A-Z]:/.test(key) ? findAll(key, CAPITALS) : []),
    ...findAlone(key),
  ];
  // Without bracket or colon a word is a label only in company: one `Results` alone is prose.
  const loose = [
    /\p{Script=Han}\s/u.test(key) ? findAll(key, HAN_SPACED) : [],
    /(?:Method|Result|Conclusion)s?\s/.test(key) ? findAll(key, BARE) : [],
  ].filter((found) => kindsOf(found) >= 3);
  const all = [...sure, ...loose.flat()].sort((a, b) => a.at - b.at || b.textAt - a.textAt);
  const kept: Found[] = [];
  for (const entry of all) if (entry.at >= (kept.at(-1)?.textAt ?? 0)) kept.push(entry);
  return kept;
};

/** Labels in an abstract longer than this are not looked for: no abstract is. */
const LIMIT = 60_000;

/**
 * The labelled parts of an abstract, as offsets into it. Text before the first label becomes a part without a
 * label, so that the parts hold the whole abstract.
 */
export const findSections = (abstract: string): AbstractSection[] => {
  if (abstract.length > LIMIT) return [];
  const found = findLabels(fold(abstract));
  const first = found[0];
  // A single label far inside a plain abstract ("Conclusion: …" at its end) is still a label; none is none.
  if (!first) return [];
  const parts = first.at > 0 ? [{ label: '', at: 0, textAt: 0 }, ...found] : found;
  return parts
    .map((part, index) => {
      const until = parts[index + 1]?.at ?? abstract.length;
      const raw = abstract.slice(part.textAt, until);
      const start = part.textAt + (raw.length - raw.trimStart().length);
      const end = Math.max(start, part.textAt + raw.trimEnd().length);
      const label = abstract.slice(part.at, part.textAt).replace(/^[\s[［【]+|[\s\]］】:：.]+$/g, '');
      return { label, kind: part.label === '' ? ('other' as const) : kindOf(part.label), start, end };
    })
    .filter((part) => part.label !== '' || part.end > part.start);
};

/** Whether a text says itself that it goes on elsewhere. */
export const hasCutMark = (text: string): boolean =>
  /(?:\.{3,}|…)[\])]?\s*(?:\[?(?:read |show |view )?(?:more|full (?:text|abstract))\]?)?$/i.test(
    text.slice(-40),
  ) || /(?:\.{3}|…)$/.test(text);

/** Whether a text ends as a sentence does. */
export const endsSentence = (text: string): boolean =>
  /[.!?。！？．][\s"'”’)\]）】]*(?:\[?\d{0,3}\]?)$/u.test(text.slice(-12));
