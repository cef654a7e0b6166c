/** What may be said on the command line; Electron and Chromium have switches of their own beside these. */
export interface Arguments {
  readonly library?: string;
  readonly userData?: string;
}

const argumentValue = (argv: readonly string[], name: string): string | undefined => {
  const prefix = `--${name}=`;
  const value = argv.findLast((each) => each.startsWith(prefix))?.slice(prefix.length);
  return value === '' ? undefined : value;
};

/** Reads `--library=DIR` and `--user-data=DIR`. */
export const readArguments = (argv: readonly string[]): Arguments => {
  const library = argumentValue(argv, 'library');
  const userData = argumentValue(argv, 'user-data');
  return { ...(library === undefined ? {} : { library }), ...(userData === undefined ? {} : { userData }) };
};
