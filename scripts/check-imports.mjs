/** Fails on an import in a direction that docs/CONTRIBUTING.md does not have, and on a file that is too long. */
import { checkImports } from './lib/imports.mjs';
import { root } from './lib/root.mjs';

const { complaints, lengths } = checkImports(root);
const sorted = lengths.sort((a, b) => a - b);
const rank = (/** @type {number} */ share) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
console.log(
  `${sorted.length} source files: median ${rank(0.5)} lines, 95th percentile ${rank(0.95)}, longest ${rank(1)}`,
);
for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length === 0 ? 0 : 1;
