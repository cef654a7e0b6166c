import { parseArgs } from 'node:util';
import { err, ok, type Result } from '#shared/lib/result';

/** What `hepatica` was asked to do. */
export type CommandLine =
  | { readonly command: 'help' | 'version' }
  | {
      readonly command: 'check';
      readonly folder: string;
      readonly json: boolean;
      readonly repair: boolean;
      /** Repair without asking. */
      readonly yes: boolean;
      readonly userData: string | undefined;
    }
  | { readonly command: 'export'; readonly folder: string; readonly file: string; readonly json: boolean };

const boolean = { type: 'boolean' } as const;
const help = { help: { ...boolean, short: 'h' } } as const;

const OPTIONS = {
  check: { ...help, json: boolean, repair: boolean, yes: boolean, 'user-data': { type: 'string' } },
  export: { ...help, json: boolean },
} as const;

const readCheck = (args: string[]): CommandLine => {
  const { values, positionals } = parseArgs({ args, options: OPTIONS.check, allowPositionals: true });
  if (values.help === true) return { command: 'help' };
  const [folder, ...rest] = positionals;
  if (folder === undefined || rest.length > 0) throw new Error('check takes one folder');
  const { json = false, repair = false, yes = false } = values;
  if (yes && !repair) throw new Error('--yes goes with --repair');
  return { command: 'check', folder, json, repair, yes, userData: values['user-data'] };
};

const readExport = (args: string[]): CommandLine => {
  const { values, positionals } = parseArgs({ args, options: OPTIONS.export, allowPositionals: true });
  if (values.help === true) return { command: 'help' };
  const [folder, file, ...rest] = positionals;
  if (folder === undefined || file === undefined || rest.length > 0)
    throw new Error('export takes a folder and a file');
  if (!/\.zip$/i.test(file)) throw new Error('the name of the file has to end with .zip');
  return { command: 'export', folder, file, json: values.json ?? false };
};

/** Reads the words after `hepatica`; the error says what is wrong with them. */
export const readCommandLine = (argv: readonly string[]): Result<CommandLine, string> => {
  const [command, ...args] = argv;
  try {
    switch (command) {
      case undefined:
        return err('Nothing was asked');
      case '--help':
      case '-h':
      case 'help':
        return ok({ command: 'help' });
      case '--version':
        return ok({ command: 'version' });
      case 'check':
        return ok(readCheck(args));
      case 'export':
        return ok(readExport(args));
      default:
        return err(`Unknown command '${command}'`);
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // Node adds advice for its own syntax after the first sentence.
    return err(message.split('. ', 1)[0] ?? message);
  }
};
