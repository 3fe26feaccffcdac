/** Path in a tree -> text of the file, or where the link points. */
export type TreeFiles = Readonly<Record<string, string>>;

/** Folder of a tree that is the root when the probe looks again. */
export const LATER = 'later';
