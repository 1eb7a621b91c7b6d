import type { Facts } from '../../types/facts.js'
import type { Wording } from '../../types/figures.js'
import { observedBy, type ProbeFactsOf, type TableDraft } from '../measure-kind.js'
import { meanTable } from './mean-table.js'
import { measureQueries, type MeasuredQueries } from './measure-queries.js'
import { queryTables } from './query-tables.js'
import { says } from './words.js'
import { subjectsRepeat } from '../subjects-repeat.js'
import { groupText } from '../sentences.js'

/** Of each label set and grouping: means over the queries with how many lie beyond chance, the queries furthest beyond it, and every query at
 *  every cut. */
export function tabulateRetrieval(facts: Facts, probe: ProbeFactsOf<'retrieval-skew'>): TableDraft[] {
  return observedBy(facts, probe.id, 'retrieval-skew').flatMap((observed) => {
    const measured = measureQueries(observed, facts, probe)
    return [meanTable(measured, notesOf(measured, facts, probe)), ...queryTables(measured)]
  })
}

function notesOf(measured: MeasuredQueries, facts: Facts, { measure }: ProbeFactsOf<'retrieval-skew'>): Wording[] {
  const { as, desired, draws } = measure
  const images = measured.observed.images.reduce((sum, count) => sum + count, 0)
  return [
    says(`means.note.${desired}`, ['images', images]),
    says('means.note.chance', ['draws', draws]),
    says('means.note.entropy'),
    ...biasNotes(measured),
    ...(as === 'strict' ? [] : [says(`means.note.as.${as}`)]),
    ...limitNotes(measured, images),
    ...(subjectsRepeat(facts) ? [says('means.note.subjects')] : []),
  ]
}

function biasNotes({ observed, rules }: MeasuredQueries): Wording[] {
  if (rules.bias === null) return []
  const [first, second] = rules.bias.map((code) => groupText(observed.groups[code]))
  const values: Wording['values'] = [
    ['first', first],
    ['second', second],
  ]
  return [says('means.note.bias', ...values)]
}

/** Why some groups or cuts have no figures. */
function limitNotes({ observed, cuts, queries }: MeasuredQueries, images: number): Wording[] {
  const empty = observed.groups.filter((_, code) => observed.images[code] === 0).map(groupText)
  const tooLong = cuts.filter((cut) => cut > images)
  const isWhole = queries.some(({ tops }) => tops.some(({ reason }) => reason === 'no-variation'))
  const long: Wording['values'] = [
    ['cuts', tooLong.join(', ')],
    ['images', images],
  ]
  return [
    ...(empty.length === 0 ? [] : [says('means.note.empty', ['groups', empty.join('; ')])]),
    ...(tooLong.length === 0 ? [] : [says('means.note.too-long', ...long)]),
    ...(isWhole ? [says('means.note.whole-list', ['images', images])] : []),
  ]
}
