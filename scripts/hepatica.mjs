#!/usr/bin/env node
import { nodeProblem } from './lib/node-version.mjs';

const problem = nodeProblem(process.versions.node);
if (problem === undefined) {
  // Not a static import: an old Node would stumble over the modules before it could be told what is wrong.
  const { commandLine } = await import('./lib/command-line.mjs');
  process.exitCode = await commandLine(process.argv.slice(2));
} else {
  console.error(problem);
  process.exitCode = 2;
}
