import type { IndexedDocument } from './fields';
import type { RankedHits } from './search-index';

/** From the service to the worker. Only the two sides of one version of the app ever speak this. */
export type Request =
  /** Changes up to this sequence number of the store; answered by `applied`. */
  | {
      readonly kind: 'apply';
      readonly seq: number;
      readonly upserts: readonly IndexedDocument[];
      readonly removals: readonly string[];
    }
  /** Answered by `found`, unless cancelled first. */
  | { readonly kind: 'query'; readonly query: number; readonly text: string; readonly limit: number }
  | { readonly kind: 'cancel'; readonly query: number };

/** From the worker to the service. */
export type Reply =
  | { readonly kind: 'applied'; readonly seq: number; readonly size: number }
  | { readonly kind: 'found'; readonly query: number; readonly found: RankedHits };
