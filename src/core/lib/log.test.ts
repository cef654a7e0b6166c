import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { problem } from '#shared/model/problem';
import { createLog, fileSink } from './log';

const logged = (write: (log: ReturnType<typeof createLog>) => void, least?: 'debug' | 'warn'): string[] => {
  const lines: string[] = [];
  write(createLog((line) => lines.push(line), least));
  return lines.map((line) => line.replace(/^\S+ /, ''));
};

describe('createLog', () => {
  it('writes level, message and values on one line', () => {
    expect(logged((log) => log.info('opened', { articles: 3, state: 'ready', cold: true }))).toEqual([
      'info opened articles=3 state="ready" cold=true',
    ]);
  });

  it('leaves out what is below its level', () => {
    expect(logged((log) => [log.debug('a'), log.info('b'), log.warn('c')], 'warn')).toEqual(['warn c']);
    expect(logged((log) => log.debug('a'), 'debug')).toEqual(['debug a']);
  });

  it('describes what was thrown, with its causes', () => {
    const cause = Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    const [line] = logged((log) =>
      log.error('save', { error: problem('not-saved', 'The change is not on disk.', { file: 'journal' }) }),
    );
    expect(line).toBe('error save not-saved: The change is not on disk. (journal)');
    const [second] = logged((log) => log.error('save', { error: new Error('failed', { cause }) }));
    expect(second).toMatch(/^error save Error: failed \[at .*; caused by Error ENOSPC: no space left \[at /);
  });

  it('keeps words of the reader, tokens and line breaks out', () => {
    let syntax: unknown;
    try {
      JSON.parse('{"note": my secret note}');
    } catch (error) {
      syntax = error;
    }
    const token = 'Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4MTIzNA';
    const [line] = logged((log) =>
      log.error(`GET /?token=${token}`, { error: syntax, a: `x\n${token}`, article: { title: 'secret' } }),
    );
    expect(line).not.toContain('secret');
    expect(line).not.toContain(token);
    expect(line).not.toContain('\n');
    expect(line).toContain('SyntaxError');
  });
});

describe('fileSink', () => {
  let folder = '';
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('appends, and starts a new file when the old one is large', async () => {
    folder = await mkdtemp(join(tmpdir(), 'hepatica-log-'));
    const path = join(folder, 'deep', 'log.txt');
    fileSink(path)('one');
    fileSink(path)('two');
    expect(await readFile(path, 'utf8')).toBe('one\ntwo\n');
    await writeFile(path, 'x'.repeat(1_000_001));
    fileSink(path)('three');
    expect(await readFile(path, 'utf8')).toBe('three\n');
    expect(await readFile(`${path}.old`, 'utf8')).toHaveLength(1_000_001);
  });
});
