/** An attribute and one of its values, for example `['race', 'Black']`. Both are text as the dataset writes it. */
export type AttributePair = readonly [attribute: string, value: string]

/** A group of people as annotated: one pair per attribute, in the order of the `groupBy` that made it.
 *  Always an array, never an object key: a group may be called `__proto__`. */
export type Group = readonly AttributePair[]

/** Whom a group is compared with. `rest`: all other eligible images. `overall`: everyone, the group included.
 *  `best`: the eligible group with the lowest harm rate. `named`: one declared group. */
export type Reference =
  | { readonly kind: 'rest' }
  | { readonly kind: 'overall' }
  | { readonly kind: 'best' }
  | { readonly kind: 'named'; readonly group: Group }

/** The explicit value of an attribute that is not known for an image: shown and counted, never compared. */
export const UNKNOWN = 'unknown'
