import { root } from './lib/root.mjs';
import { checkSources, percentile } from './lib/sources.mjs';

/** Fails on an import that goes against the direction of the layers, and on a file that is too long. */
const { problems, lengths } = checkSources(root);
const lines = lengths.map((each) => each.lines);
const longest = lengths.at(-1);
console.log(
  `${lines.length} source files: median ${percentile(lines, 0.5)} lines, p95 ${percentile(lines, 0.95)}, longest ${longest?.lines} (${longest?.file})`,
);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
