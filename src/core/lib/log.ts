import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { stderr } from 'node:process';
import { ProblemError } from '#shared/model/problem';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LEVELS)[number];

/**
 * What may stand beside a message: counts, codes, ids, or what was thrown. Never words of an article or of the
 * reader, and no tokens.
 */
export interface LogDetail {
  readonly error?: unknown;
  readonly [name: string]: unknown;
}

export type Log = { readonly [level in LogLevel]: (message: string, detail?: LogDetail) => void };

/** Takes one finished line, without its line break. */
export type LogSink = (line: string) => void;

/** Long runs of letters and digits may be a token or a cookie. Ids of the library have 16. */
const redact = (text: string): string => text.replace(/[\w+/=-]{30,}/g, '…').replace(/[\r\n\p{Cc}]+/gu, ' ');

const frames = (error: Error): string =>
  (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 6)
    .map((line) => line.trim())
    .join(' < ');

/** A JSON syntax error quotes the text around it, which may be the reader's; its message is left out. */
const describe = (error: unknown): string => {
  if (error instanceof ProblemError) {
    const { code, message, file } = error.problem;
    return `${code}: ${message}${file === undefined ? '' : ` (${file})`}${causeOf(error)}`;
  }
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  const message = error instanceof SyntaxError ? '' : `: ${error.message.slice(0, 300)}`;
  return `${error.name}${code}${redact(message)} [${frames(error)}]${causeOf(error)}`;
};
const causeOf = (error: Error): string =>
  error.cause === undefined ? '' : `; caused by ${describe(error.cause)}`;

const plain = (value: unknown): string =>
  typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : typeof value === 'string'
      ? JSON.stringify(redact(value).slice(0, 300))
      : typeof value;

/** The one logger of a process. Lines are `time level message name=value …`. */
export const createLog = (sink: LogSink, least: LogLevel = 'info'): Log => {
  const write =
    (level: LogLevel) =>
    (message: string, detail: LogDetail = {}): void => {
      if (LEVELS.indexOf(level) < LEVELS.indexOf(least)) return;
      const { error, ...rest } = detail;
      const values = Object.entries(rest).map(([name, value]) => ` ${name}=${plain(value)}`);
      const thrown = error === undefined ? '' : ` ${describe(error)}`;
      sink(`${new Date().toISOString()} ${level} ${redact(message)}${values.join('')}${thrown}`);
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
};

export const stderrSink: LogSink = (line) => {
  stderr.write(`${line}\n`);
};

/** Appends to a file, which is moved to `<file>.old` at the start when it holds more than 1 MB. */
export const fileSink = (path: string): LogSink => {
  mkdirSync(dirname(path), { recursive: true });
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > 1_000_000) renameSync(path, `${path}.old`);
  return (line) => {
    try {
      appendFileSync(path, `${line}\n`, { mode: 0o600 });
    } catch (error) {
      // A full disk must not stop the app; the line goes where somebody may see it.
      stderrSink(`${line} (log file: ${error instanceof Error ? error.name : 'unknown'})`);
    }
  };
};
