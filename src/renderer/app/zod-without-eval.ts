import * as z from 'zod/mini';

/**
 * Object schemas try `new Function` when they are built, which the page's CSP reports as a violation. So this
 * must be the first import of the page's entry, before any module that builds a schema.
 */
z.config({ jitless: true });
