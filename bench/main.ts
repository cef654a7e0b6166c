import { cpus } from 'node:os';
import { firstLoad, measurePage, wholePage } from './page';
import { note, report } from './report';
import { measureService } from './service';

console.log(`Hepatica, ${cpus().length} cores (${cpus()[0]?.model}), Node ${process.version}`);

const at10 = await measureService(10_000);
report('service ready, 10,000 articles', at10.ready);
report('search ready, 10,000 articles', at10.searchReady);
report('resident memory of the service, 10,000 articles', at10.memory);
note('open an article in the service, median', at10.open, 'ms');
note('add a highlight, median', at10.highlightMedian, 'ms');
report('add a highlight, p95 at 10,000 articles', at10.highlightP95);

// The disk of a shared machine has its moods: the two sizes are measured in turn, and each counts at its best.
const rounds = [];
for (let round = 0; round < 3; round++)
  rounds.push({ small: await measureService(1_000), large: await measureService(50_000) });
const small = Math.min(...rounds.map((round) => round.small.highlightP95));
const large = Math.min(...rounds.map((round) => round.large.highlightP95));
note('add a highlight, p95 at 1,000 articles', small, 'ms');
note('add a highlight, p95 at 50,000 articles', large, 'ms');
report('add a highlight, p95 at 50,000 over p95 at 1,000 articles', large / small);
note('service ready, 50,000 articles', Math.min(...rounds.map((round) => round.large.ready)), 'ms');
note('resident memory of the service, 50,000 articles', rounds[0]!.large.memory, 'MB');

const page = await measurePage(10_000);
report('first paint of the list after the service is ready', page.firstPaint);
report('open an article, median', page.open);
note('search while typing, median', page.searchMedian, 'ms');
report('search while typing, p95 from key to results', page.searchP95);
report('first load of the page', firstLoad());
note('the whole page with all that it loads later', wholePage(), 'kB gzip');
