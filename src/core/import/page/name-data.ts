/** Chinese family names of two characters that are common enough to meet. */
export const DOUBLE_SURNAMES: ReadonlySet<string> = new Set(
  '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 令狐 呼延 西门 百里 东郭'.split(
    ' ',
  ),
);

/** Chinese family names of two letters, which in capitals look like initials. */
export const SHORT_SURNAMES: ReadonlySet<string> = new Set(
  'LI XU WU HE LU LV MA HU YU GU DU SU FU BI XI QI NI YI YE KE AN AI OU PI TU MI MO SI XIE'.split(' '),
);

/** Words that belong to the family name after them. */
export const PARTICLES: ReadonlySet<string> = new Set(
  "van von der den de del della di da dos das du la le el al bin ibn ben ter ten zu af av st. 't".split(' '),
);

export const SUFFIX = /^(?:Jr|Sr|II|III|IV)\.?$/;

/** Academic degrees and memberships, which stand among names on publishers' pages. */
export const DEGREE =
  /^(?:M\.?D|Ph\.?D|M\.?Sc|B\.?Sc|M\.?P\.?H|M\.?B\.?B\.?S|M\.?B|B\.?S|M\.?S|M\.?A|R\.?N|R\.?D|D\.?O|D\.?Phil|Dr\.?P\.?H|Pharm\.?D|F\.?R\.?C\.?P|FAASLD|FACG|FACP|AGAF|MRCP|DMSc|MMed|MHS|MBA|DNB|DM|FEBGH)\.?$/i;

/** A name that cannot be split: a study group, a society. */
export const GROUP =
  /\b(?:group|consortium|investigators|collaborat\w+|committee|network|society|association|foundation|team|alliance|initiative|trialists|researchers|members|federation|registry)\b|(?:课题组|协作组|学会|委员会|分会|学组|编委会|研究组|工作组|协会|联盟|专家组)/iu;

/** Words that no personal name holds, so that a title is not taken for a list of authors. */
export const NOT_A_NAME =
  /(?:^|\s)(?:the|of|in|with|for|to|from|by|on|at|as|is|are|an|or|versus|vs\.?|using|among|between|after|during|based|patients?|study|trial|review|analysis|disease|liver|hepatitis|treatment|therapy|cells?|open|access|article|journal|research|download|search|view|received|accepted|published|volume|issue|pages?|copyright|university|hospital|department|institute|college|school|faculty|division|center|centre|laboratory|clinic|figure|table|introduction|keywords?|abstract|login|cite|share|export|save|info|author|hepatol(?:ogy)?|gastroenterol(?:ogy)?|medicine|international|commun(?:ications)?|reports?|library|navigation|link)(?:$|[\s,:;.])/iu;

/** Words that make a line the address of an institution. */
export const INSTITUTION =
  /\b(?:university|universit[àáäéyt]\w*|universidad\w*|hospital\w*|department|dept|institut\w*|college|school|faculty|division|cent(?:er|re)|laborator\w+|clini(?:cs?|que|ca|co)|academy|ministry|unit of|section of|klinik\w*|inserm|cnrs|research unit|medical)\b|(?:大学|医院|学院|研究所|中心|实验室|科室|研究院|医学部|消化内科|感染科|肝病科)/iu;
