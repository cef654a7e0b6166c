import { cpus } from 'node:os';
import { firstLoad, measurePage, wholePage } from './page';
import { note, report } from './report';
import { measureService } from './service';

/** The service by itself, at the size that the budgets name. */
const service = async (): Promise<void> => {
  const figures = await measureService(10_000);
  report('service ready, 10,000 articles', figures.ready);
  report('search ready, 10,000 articles', figures.searchReady);
  report('resident memory of the service, 10,000 articles', figures.memory);
  note('open an article in the service, median', figures.open, 'ms');
  note('add a highlight, median', figures.highlightMedian, 'ms');
  report('add a highlight, p95 at 10,000 articles', figures.highlightP95);
};

/**
 * Whether a highlight costs more in a large library. The disk of a shared machine has its moods: the two sizes are
 * measured in turn, and each counts at its best.
 */
const growth = async (): Promise<void> => {
  const rounds = [];
  for (let round = 0; round < 3; round++)
    rounds.push({ small: await measureService(1_000), large: await measureService(50_000) });
  const small = Math.min(...rounds.map((round) => round.small.highlightP95));
  const large = Math.min(...rounds.map((round) => round.large.highlightP95));
  note('add a highlight, p95 at 1,000 articles', small, 'ms');
  note('add a highlight, p95 at 50,000 articles', large, 'ms');
  report('add a highlight, p95 at 50,000 over p95 at 1,000 articles', large / small);
  note('service ready, 50,000 articles', Math.min(...rounds.map((round) => round.large.ready)), 'ms');
  note('search ready, 50,000 articles', Math.min(...rounds.map((round) => round.large.searchReady)), 'ms');
  note('resident memory of the service, 50,000 articles', rounds[0]!.large.memory, 'MB');
};

/** The reader's view, in Chromium. */
const page = async (): Promise<void> => {
  const figures = await measurePage(10_000);
  report('first paint of the list after the service is ready', figures.firstPaint);
  report('open an article, median', figures.open);
  note('search while typing, median', figures.searchMedian, 'ms');
  report('search while typing, p95 from key to results', figures.searchP95);
  report('first load of the page', firstLoad());
  note('the whole page with all that it loads later', wholePage(), 'kB gzip');
};

const parts = { service, growth, page };
const chosen = process.argv.slice(2);
const unknown = chosen.find((name) => !(name in parts));
if (unknown !== undefined)
  throw new Error(`no such part: ${unknown}; there are ${Object.keys(parts).join(', ')}`);

console.log(`Hepatica, ${cpus().length} cores (${cpus()[0]?.model}), Node ${process.version}`);
for (const [name, measure] of Object.entries(parts))
  if (chosen.length === 0 || chosen.includes(name)) await measure();
