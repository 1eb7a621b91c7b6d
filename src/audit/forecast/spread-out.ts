/** At most `count` of the items, evenly spread from the first to the last: files that lie together are often alike, in size as well. */
export function spreadOut<Item>(items: readonly Item[], count: number): Item[] {
  if (items.length <= count) return [...items]
  return Array.from({ length: count }, (_, place) => items[Math.floor((place * items.length) / count)])
}
