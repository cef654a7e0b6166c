import { nodeProblem } from './lib/node-version.mjs';

const problem = nodeProblem(process.versions.node);
if (problem === undefined) {
  // Not a static import: an old Node would stumble over the modules before it could be told what is wrong.
  const { start } = await import('./lib/start.mjs');
  process.exitCode = await start(process.argv.slice(2));
} else {
  console.error(problem);
  process.exitCode = 1;
}
