import { inspect } from 'node:util';
import { failureOf } from '#core/app/lifecycle';
import { backupBefore } from '#core/check/backup-before';
import { checkLibrary } from '#core/check/check-library';
import { repairLibrary } from '#core/check/repair';
import { exportLibrary } from '#core/export/export-library';
import type { CheckReport } from '#shared/contract/check';
import { languageFor } from '#shared/messages/catalogue';
import { createTranslator, type Translate } from '#shared/messages/translator';
import { wordFailure } from '#shared/messages/word-failure';
import { wordFinding } from '#shared/messages/word-finding';
import { type CommandLine, readCommandLine } from './command-line';

/** What the command line needs from whoever runs it. */
export interface Surroundings {
  readonly write: (text: string) => void;
  readonly warn: (text: string) => void;
  /** Asks a question that is answered with yes or no; undefined where nobody can be asked. */
  readonly ask?: (question: string) => Promise<boolean>;
  /** Where settings lie when no other folder is named. */
  readonly userData: string;
  /** BCP 47. */
  readonly language: string;
  readonly version: string;
}

/** Fine; something was found; it could not be done. */
type ExitCode = 0 | 1 | 2;

const EXIT: Readonly<Record<CheckReport['outcome'], ExitCode>> = { fine: 0, findings: 1, 'not-checked': 2 };

const wordReport = (t: Translate, { outcome, findings, more, counts }: CheckReport): string => {
  const { files, articles, annotations, collections } = counts;
  const problems = findings.filter(({ severity }) => severity !== 'note').length;
  return [
    ...findings.map((each) => `${t(`check.severity.${each.severity}`)}: ${wordFinding(t, each)}`),
    ...(more > 0 ? [t('check.more', { count: more })] : []),
    ...(outcome === 'not-checked' ? [] : [t('check.read', { files, articles, annotations, collections })]),
    outcome === 'findings' ? t('check.problems', { count: problems }) : t(`check.${outcome}`),
  ].join('\n');
};

type Asked<C extends CommandLine['command']> = Extract<CommandLine, { command: C }>;

const everything = (path: string): Promise<CheckReport> =>
  checkLibrary({ path, most: Number.POSITIVE_INFINITY });

/** Undefined where the reader says no. */
const mayRepair = async (yes: boolean, { ask }: Surroundings, t: Translate): Promise<boolean | undefined> => {
  if (yes) return true;
  return ask === undefined ? undefined : ask(t('check.confirm'));
};

const runRepair = async (asked: Asked<'check'>, around: Surroundings, t: Translate): Promise<ExitCode> => {
  const { folder: path, yes, json } = asked;
  const report = await everything(path);
  const say = (words: string): void => (json ? around.warn(words) : around.write(words));
  const tell = (told: CheckReport): ExitCode => {
    around.write(json ? JSON.stringify(told, null, 2) : wordReport(t, told));
    return EXIT[told.outcome];
  };
  const repairable = report.findings.filter((each) => each.repairable).length;
  if (report.outcome === 'not-checked' || repairable === 0) return tell(report);
  say(wordReport(t, report));
  say(t('check.repairable', { count: repairable }));
  say(t('check.repairWhat'));
  const may = await mayRepair(yes, around, t);
  if (may === undefined) {
    around.warn(t('check.confirmMissing'));
    return 2;
  }
  if (!may) {
    say(t('check.unchanged'));
    return EXIT[report.outcome];
  }
  const userData = asked.userData ?? around.userData;
  const repaired = await repairLibrary({ path, userData, backup: backupBefore(userData) });
  if (!repaired.ok) {
    const why = wordFailure(t, languageFor('system', around.language), failureOf(repaired.error));
    around.warn(`${why} ${t('check.unchanged')}`);
    return 2;
  }
  say(t('check.repaired', { ...repaired.value }));
  return tell(await everything(path));
};

const runCheck = async (asked: Asked<'check'>, around: Surroundings, t: Translate): Promise<ExitCode> => {
  if (asked.repair) return runRepair(asked, around, t);
  const report = await everything(asked.folder);
  around.write(asked.json ? JSON.stringify(report, null, 2) : wordReport(t, report));
  return EXIT[report.outcome];
};

const runExport = async (asked: Asked<'export'>, around: Surroundings, t: Translate): Promise<ExitCode> => {
  const { folder: path, file, json } = asked;
  const exported = await exportLibrary({ path, file, t });
  if (!exported.ok) {
    const { error } = exported;
    if (error.reason === 'exists') around.warn(t('check.exportExists', { file }));
    else if (error.reason === 'no-library') around.warn(t('check.exportNothing', { path }));
    else around.warn(t('check.exportFailed', { file, cause: error.cause }));
    return 2;
  }
  const { articles, annotations, contents, left } = exported.value;
  around.write(
    json
      ? JSON.stringify(exported.value, null, 2)
      : t('check.exported', { file, articles, annotations, contents }),
  );
  if (left.length === 0) return 0;
  around.warn(t('check.exportedInPart', { count: left.length }));
  return 1;
};

/** Runs `hepatica` with the words after its name, and answers with the exit code. */
export const runCommandLine = async (argv: readonly string[], around: Surroundings): Promise<ExitCode> => {
  const t = createTranslator(languageFor('system', around.language));
  const read = readCommandLine(argv);
  if (!read.ok) {
    around.warn(t('check.badOption', { cause: read.error }));
    return 2;
  }
  const asked = read.value;
  try {
    switch (asked.command) {
      case 'help':
        around.write(t('check.usage'));
        return 0;
      case 'version':
        around.write(around.version);
        return 0;
      case 'check':
        return await runCheck(asked, around, t);
      case 'export':
        return await runExport(asked, around, t);
    }
  } catch (error) {
    // A disk that fails in the middle of a repair, or a bug: either way it was not done.
    around.warn(error instanceof Error ? error.message : inspect(error));
    return 2;
  }
};
