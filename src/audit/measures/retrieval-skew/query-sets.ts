import type { QuerySet } from './chance-together.js'

/** All queries together, and those of each outcome category where the label set has several; categories of no query are left out. */
export function querySets(labels: readonly { readonly outcome: string }[], outcomes: readonly string[]): QuerySet[] {
  const all = { outcome: null, queries: [...labels.keys()] }
  const ofOutcome = outcomes
    .map((outcome) => ({ outcome, queries: all.queries.filter((query) => labels[query].outcome === outcome) }))
    .filter(({ queries }) => queries.length > 0)
  return ofOutcome.length > 1 ? [all, ...ofOutcome] : [all]
}
