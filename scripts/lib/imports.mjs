/**
 * The source without its comments. Strings are stepped over, so that an address in one is not taken for a comment.
 * @param {string} source
 */
export const withoutComments = (source) =>
  source.replace(
    /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
    (token) => (token.startsWith('/') ? token.replace(/[^\n]/g, ' ') : token),
  );

/** Between the keyword and `from` stand names, braces and commas only. */
const STATIC = /(?<![\w$.#])(?:import|export)\b(?:[\w$\s{},*]*?\bfrom)?\s*(['"])([^'"\n]+)\1/g;
/** `import('…')`, also as a type, and `require('…')`. */
const DYNAMIC = /(?<![\w$.#])(?:import|require)\s*\(\s*(?:(['"`])([^'"`\n]*)\1\s*[,)])?/g;

/**
 * Everything that a module imports: static, dynamic, re-exported, for its types or for its effect.
 * @param {string} source
 * @returns {{ line: number, specifier: string | undefined }[]} no specifier where it is worked out while running
 */
export const importsOf = (source) => {
  const code = withoutComments(source);
  return [...code.matchAll(STATIC), ...code.matchAll(DYNAMIC)].map((match) => ({
    line: code.slice(0, match.index).split('\n').length,
    specifier: match[2],
  }));
};
