import { categoryOutcomes } from '../types/measures.js'
import type { ProbeFacts } from '../types/facts.js'
import { shortHash } from './short-hash.js'

/** The definition by its hash, and what of it the other has not: outcomes, groupings, groups made of others. */
export function describeProbe(probe: ProbeFacts, other: ProbeFacts | undefined): string {
  if (other === undefined) return shortHash(probe.sha256)
  const own = <Part>(partsOf: (probe: ProbeFacts) => readonly Part[], write: (part: Part) => string): string[] => {
    const theirs = partsOf(other).map((part) => JSON.stringify(part))
    return partsOf(probe)
      .filter((part) => !theirs.includes(JSON.stringify(part)))
      .map(write)
  }
  return [
    shortHash(probe.sha256),
    ...own(
      ({ measure }) => categoryOutcomes(measure),
      ({ id, categories }) => `outcome ${id} (${categories.join(', ')})`,
    ),
    ...own(
      ({ groupBy }) => groupBy,
      (groupBy) => `by ${groupBy.join(' and ')}`,
    ),
    ...own(
      ({ derive }) => derive,
      ({ id, groups }) => `${id} (${groups.map(({ value, values }) => `${value}: ${values.join(', ')}`).join('; ')})`,
    ),
  ].join('; ')
}
