/** Names of the bands between rising edges: `0-2`, `3-9` and `70 and over` between whole numbers, `0.5 to below 1` between others. */
export function binNames(edges: readonly number[]): string[] {
  const isWhole = edges.every(Number.isInteger)
  return edges.map((from, index) => {
    const below = edges[index + 1]
    if (below === undefined) return `${from} and over`
    if (!isWhole) return `${from} to below ${below}`
    return below - from === 1 ? String(from) : `${from}-${below - 1}`
  })
}
