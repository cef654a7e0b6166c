/** Words of navigation and tools around an article, as whole lines, in lower case. */
const WHOLE: ReadonlySet<string> = new Set(
  `home|about|about us|contact|contact us|help|login|log in|log in | register|register|sign in|sign up|search|menu|skip to main content|skip to content|skip to article
|skip navigation|jump to content|an official website of the united states government|here's how you know|here’s how you know|the .gov means it's official.|the site is secure.
|official websites use .gov|secure .gov websites use https|search pmc full-text archive|advanced search|journal list|user guide|search in pmc|search in pubmed|view in nlm catalog|add to search
|permalink|copy|copied|cite|save|email|share|send to|display options|format|download pdf|download pdf file|download|pdf|full text|full-text|full text links|full text pdf|view pdf|download citation|download citations
|export citation|export|print|share article|share on|twitter|facebook|linkedin|x|reddit|whatsapp|mendeley|add to mendeley|add to favorites|tools|open access|free|free access|free article|free pmc article|peer-reviewed
|show more|show less|show more (+)|expand|collapse|collapse all|expand all|read more|more|previous|next|previous article|next article|previous article in issue|next article in issue|prev|back to top|top|close|menu icon
|outline|article outline|on this page|in this article|sections|contents|table of contents|article menu|abstract & figures|figures|figures (0)|references|related information|metrics|article metrics|permissions|get rights and content
|get access|access this article|rights and permissions|reprints and permissions|open research|supplementary material|author information|authors|affiliations|article notes|copyright and license information|copyright and license information disclaimer|expand all affiliations
|authors info & affiliations|notes|actions|resources|similar articles|cited by other articles|links to ncbi databases|view on publisher site|collections|follow ncbi|connect with nlm|web policies|foia|hhs vulnerability disclosure|accessibility|careers
|nlm|nih|hhs|usa.gov|national library of medicine|national center for biotechnology information|pubmed|pubmed central|pmc|pmc disclaimer|learn more|disclaimer|log in|account|dashboard|publications|account settings|log out|my ncbi|clipboard|send
|article|original article|original articles|research article|original research|original paper|review article|review|reviews|systematic review|meta-analysis|case report|case reports|editorial|letter|letter to the editor|clinical trial|randomized controlled trial|observational study|minireviews|clinical research
|open accessarticle|open accessreview|order article reprints|view by|author to whom correspondence should be addressed.|version notes|by|citations|cited by|altmetric|views|comments|comment|crossref|google scholar|scopus|web of science|author links open overlay panel
|首页|登录|注册|检索|高级检索|期刊介绍|编委会|投稿指南|在线投稿|过刊浏览|当期目录|联系我们|下载pdf|pdf下载|下载|导出引用|分享|收藏|打印|上一篇|下一篇|返回顶部|english|中文|全文|阅读全文|html全文|摘要点击次数|图/表|目录|参考文献|相关文章|论著|综述|述评|作者简介|全文pdf|引用本文|摘要|推荐文章|在线阅读|手机阅读|html阅读|caj下载|记笔记|引文网络|相似文献|读者推荐|出版来源导航|查看该刊数据库收录来源
|primary site navigation|springer nature link|find a journal|publish with us|track your research|cart|aims and scope|submit manuscript|explore all metrics|wiley online library|sciencedirect|journals & books|my account|download full issue|login / register|read the full text|full text links|page navigation|title & authors|versions notes|browse figures|topics|information|author services|initiatives|sign in / sign up|submit|submit article|search for articles|journals|advertisement|western pacific region index medicus|wprim|actions|subscribe|explore content|about the journal|collaborators`
    .split(/\s*\n?\|/)
    .map((word) => word.trim()),
);

const PATTERNS: readonly RegExp[] = [
  /^(?:home|首页)\s?[>›»/|]/i,
  /^(?:skip to|jump to|back to|go to|return to)\s/i,
  /^(?:views?|downloads?|hits|accesses|citations?|altmetric|浏览|下载|阅读)\s?[:(（]?\s?[\d,.]+k?\b/i,
  /^[\d,.]+k?\s(?:accesses|views?|downloads?|citations?|altmetric|shares|mentions)\b/i,
  /^©|^copyright\s?(?:©|\(c\)|the author|\d{4})|^\(c\)\s?\d{4}/i,
  /^(?:all rights reserved|this is an open access article|creative commons|published by (?:elsevier|wiley|springer)|https?:\/\/creativecommons)/i,
  /^(?:official websites? use|a \.gov website|a lock \( ?lock|share sensitive information|federal government websites|before sharing sensitive|the https:\/\/ ensures|an official website|as a library, nlm|inclusion in an nlm)/i,
  /^(?:received|accepted|revised|submission received|first decision|article in press|processing time|peer-review started|first published|published(?: online)?|available online|epub|version of record|issue published|issue online)\s?[:：]?\s?(?:date:?\s)?(?:\d|[A-Z][a-z]{2,8} \d)/i,
  /^(?:author links open overlay panel|add to mendeley|cite this article|cite as|this article belongs to|\(this article belongs|view .{1,40} orcid|orcid number|search for more papers|first published|academic editors?|citations? ?[:：]? ?\d)/i,
  /^(?:articles from .{3,120} are provided here courtesy|articles from .{3,120} are (?:made )?available here)/i,
  /^(?:pdf|epub|xml|html)\s?\(?[\d.]+\s?[km]b\)?$/i,
  /^(?:download|view|show|export|save|share|print)\s(?:all|pdf|article|figure|table|in|as|citation|full|high|large|metrics|ris|this)\b.{0,40}$/i,
  /^(?:view in (?:article|nlm catalog)|open in a new tab|open in new tab|click here to view|click to copy)/i,
  /^learn more\s?:/i,
  /^(?:图|表)\s?\(\d/,
  /^https?:\/\/\S+$/i,
  /^(?:copyright|cookies?|we use cookies|accept all|privacy|terms)\b.{0,80}$/i,
  /^(?:收稿日期|基金项目|通信作者|通讯作者|作者简介|录用日期|出版日期|文章编号|中图分类号|文献标志码|网络出版|版权|©|pdf\s?\()/i,
];

const KIND_WORDS =
  'open access|full[- ]length|original|research|review|brief|short|rapid|special|invited|systematic|narrative|mini|featured?|latest|free|guest';
const KINDS =
  'articles?|papers?|reports?|reviews?|communications?|letters?|editorials?|commentar(?:y|ies)|correspondence|perspectives?|viewpoints?|opinions?|guidelines?|news|seminars?|series|minireviews?|case (?:reports?|series)|protocols?|position papers?|meta-analys[ei]s';
/** Words that name a section only with another in front: `Trials` and `Translational Research` are journals. */
const PAIRED =
  'original (?:research|investigations?|stud(?:y|ies)|contributions?|works?)|clinical (?:research|trial|stud(?:y|ies)|investigations?)|basic (?:research|science)|observational study';
const HAN_KINDS =
  '论著|原著|综述|述评|专论|讲座|短篇论著|临床研究|基础研究|实验研究|临床论著|病例报告|病例报道|个案报道|专家论坛|专题|指南与规范|指南|共识|专家共识|诊疗指南|标准与指南|系统评价|荟萃分析';
/** The section of a journal that an article stands in: `Articles`, `Original Article`, `Original Article - Liver`, `论著·肝纤维化`. */
const SECTION = new RegExp(
  `^(?:(?:(?:${KIND_WORDS})[ -]+){0,3}(?:${KINDS}|${PAIRED})` +
    `|(?:original|research|review|full[- ]length) (?:articles?|papers?|research|investigations?)\\s?[-:|/·•]\\s?[\\p{L} &]{2,50}` +
    `|[\\[(]?(?:${HAN_KINDS})(?:[·•/|:-]\\p{Script=Han}{2,12})?[\\])]?)$`,
  'iu',
);

/** Whether a line names a section of a journal and not an article. Expects what `fold` gives. */
export const isJournalSection = (key: string): boolean => key.length <= 80 && SECTION.test(key.trim());

const isWhole = (plain: string): boolean =>
  WHOLE.has(plain) || WHOLE.has(plain.replace(/[:.»›>+]+$/, '').trim());

/** Whether a line is navigation, a counter, a date of handling, a licence note: nothing of the article itself. */
export const isFurniture = (key: string): boolean => {
  if (key.length > 320) return false;
  const plain = key.trim().toLowerCase();
  if (isWhole(plain) || isJournalSection(plain)) return true;
  // A row of links, copied as one line.
  const links = plain.split(/[\s|·•,]+/);
  if (links.length > 1 && links.every(isWhole)) return true;
  if (plain.endsWith('full text link') || /(?:^| )logo$/.test(plain.slice(-5))) return true;
  return !/[\p{L}]/u.test(plain) || PATTERNS.some((pattern) => pattern.test(key));
};

/** Names of kinds of article as pages print them above the title, and what they are called in MEDLINE. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['review', 'Review'],
  ['reviews', 'Review'],
  ['review article', 'Review'],
  ['systematic review', 'Systematic Review'],
  ['meta-analysis', 'Meta-Analysis'],
  ['case report', 'Case Reports'],
  ['case reports', 'Case Reports'],
  ['editorial', 'Editorial'],
  ['letter', 'Letter'],
  ['letter to the editor', 'Letter'],
  ['randomized controlled trial', 'Randomized Controlled Trial'],
  ['clinical trial', 'Clinical Trial'],
  ['observational study', 'Observational Study'],
  ['open accessreview', 'Review'],
  ['综述', 'Review'],
]);

export const publicationTypeOf = (key: string): string | undefined =>
  TYPES.get(
    key
      .trim()
      .toLowerCase()
      .replace(/\s*\|?\s*open access$/, '')
      .replace(/^open access\s*/, ''),
  );
