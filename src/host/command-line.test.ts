import { describe, expect, it } from 'vitest';
import { readCommandLine } from './command-line';

const plain = { json: false, repair: false, yes: false, userData: undefined };

describe('readCommandLine', () => {
  it.each([
    [['check', 'lib'], { command: 'check', folder: 'lib', ...plain }],
    [['check', '--json', 'lib'], { command: 'check', folder: 'lib', ...plain, json: true }],
    [
      ['check', 'lib', '--repair', '--yes', '--user-data=u'],
      { command: 'check', folder: 'lib', ...plain, repair: true, yes: true, userData: 'u' },
    ],
    [['check', '--', '-lib'], { command: 'check', folder: '-lib', ...plain }],
    [['export', 'lib', 'out.zip'], { command: 'export', folder: 'lib', file: 'out.zip', json: false }],
    [
      ['export', '--json', 'lib', 'OUT.ZIP'],
      { command: 'export', folder: 'lib', file: 'OUT.ZIP', json: true },
    ],
    [['--help'], { command: 'help' }],
    [['-h'], { command: 'help' }],
    [['help'], { command: 'help' }],
    [['check', '--help'], { command: 'help' }],
    [['export', '-h'], { command: 'help' }],
    [['--version'], { command: 'version' }],
  ])('%j', (argv, value) => expect(readCommandLine(argv)).toEqual({ ok: true, value }));

  it.each([
    [[], 'Nothing was asked'],
    [['toString'], "Unknown command 'toString'"],
    [['--chekc'], "Unknown command '--chekc'"],
    [['check'], 'check takes one folder'],
    [['check', 'a', 'b'], 'check takes one folder'],
    [['check', 'a', '--yes'], '--yes goes with --repair'],
    [['check', 'a', '--fix'], "Unknown option '--fix'"],
    [['check', 'a', '--user-data'], "Option '--user-data <value>' argument missing"],
    [['export', 'a'], 'export takes a folder and a file'],
    [['export', 'a', 'b.zip', 'c'], 'export takes a folder and a file'],
    [['export', 'a', 'b.tar'], 'the name of the file has to end with .zip'],
    [['export', 'a', 'b.zip', '--repair'], "Unknown option '--repair'"],
  ])('%j: %s', (argv, error) => expect(readCommandLine(argv)).toEqual({ ok: false, error }));
});
