/**
 * The link as it may be opened outside the app, or undefined: imported records and notes may hold anything, and a
 * relative link would lead back into the app.
 */
export const openableLink = (href: string | undefined): string | undefined => {
  if (href === undefined || !URL.canParse(href)) return undefined;
  const { protocol } = new URL(href);
  return ['http:', 'https:', 'mailto:'].includes(protocol) ? href : undefined;
};
