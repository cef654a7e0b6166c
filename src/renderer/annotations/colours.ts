import { HighlightColour } from '#shared/model/annotation';

/** In the order of their shortcuts, 1 to 4. */
export const colours: readonly HighlightColour[] = HighlightColour.options;
