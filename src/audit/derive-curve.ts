import { curveRecord, rankStability } from './findings/curve-records.js'
import { judgeCurve } from './findings/curve-verdicts.js'
import type { CurveDerived, CurveFacts } from './types/curve.js'

/** Everything that follows from the counts of a specification curve. Pure: `verify` runs it again and requires the same result. */
export function deriveCurve(facts: CurveFacts): CurveDerived {
  const families = new Map<string, number[]>()
  facts.tables.forEach((_, table) => {
    const key = familyKey(facts, table)
    families.set(key, [...(families.get(key) ?? []), table])
  })
  const judged = [...families.values()].flatMap((members) => {
    const groups = judgeCurve(
      members.map((table) => facts.tables[table]),
      facts.policy,
    )
    return members.map((table, place) => ({ table, groups: groups[place] }))
  })
  return {
    records: judged
      .sort((a, b) => a.table - b.table)
      .flatMap(({ table, groups }) => groups.map((verdictsOfGroup) => curveRecord(facts, table, verdictsOfGroup))),
    ranks: facts.tables.map((_, table) => rankStability(facts.tables, table)),
  }
}

/** All plain outcomes of one grouping are one family; a union is a family of its own, so that it does not change m of the others. */
function familyKey({ tables }: CurveFacts, table: number): string {
  const { groupBy, outcome } = tables[table]
  return JSON.stringify([groupBy, outcome.isUnion ? outcome.id : null])
}
