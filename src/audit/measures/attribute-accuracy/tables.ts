import type { Facts } from '../../types/facts.js'
import type { ProbeFactsOf, TableDraft } from '../measure-kind.js'
import { confusionTables } from './confusion-table.js'
import { crossTables } from './cross-table.js'
import { groupTables } from './group-table.js'
import { poolTables } from './pool-table.js'
import { readAll } from '../reading/readable.js'

/** The tables of attribute accuracy: pools in the shape of the paper's Tables 3 and 4, crosses in that of Table 5, then every grouping, then
 *  who is taken for whom. */
export function accuracyTables(facts: Facts, probe: ProbeFactsOf<'attribute-accuracy'>): TableDraft[] {
  const all = readAll(facts, probe.measure.readings)
  return [
    ...poolTables(facts, probe, all),
    ...crossTables(facts, probe, all),
    ...groupTables(facts, probe, all),
    ...confusionTables(facts, probe),
  ]
}
