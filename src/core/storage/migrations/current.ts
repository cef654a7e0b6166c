import { type Format, formatOf } from './format';

/**
 * The format of this version. A new schema is a step added here (`{ from: 1, record: … }` in a file of its own), a
 * library of the old one under src/test/fixtures/libraries, and a line in the table of `fixtures.test.ts`.
 */
export const CURRENT: Format = formatOf([]);
