import { rulesOf } from '../measures/kinds.js'
import type { TableDraft } from '../measures/measure-kind.js'
import { withPublished } from './with-published.js'
import type { Facts, ProbeFacts } from '../types/facts.js'
import type { FigureTable } from '../types/figures.js'
import type { MeasureKind, MeasureOf } from '../types/measures.js'

/** The tables of every probe whose measure makes them, numbered through, with published figures beside them. */
export function figureTables(facts: Facts): FigureTable[] {
  const drafts = facts.probes.flatMap((probe) =>
    draftsOf(facts, probe, probe.measure.kind).map((draft) => ({
      probe: probe.id,
      ...withPublished(draft, probe, facts),
    })),
  )
  return drafts.map((draft, index) => ({ id: `t${index + 1}`, ...draft }))
}

function draftsOf<Kind extends MeasureKind>(facts: Facts, probe: ProbeFacts, kind: Kind): readonly TableDraft[] {
  return rulesOf(kind).tabulate(facts, { ...probe, measure: probe.measure as MeasureOf<Kind> }) // `kind` is its kind
}
