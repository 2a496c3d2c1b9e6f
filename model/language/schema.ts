/** What the schemas of the inventory are made of: one import for the files of its concepts. */
export * from './absent';
export * from './choice';
export * from './list';
export * from './map';
export * from './one-of';
export * from './rule';
export * from './values';
