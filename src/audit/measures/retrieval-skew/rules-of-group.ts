import type { Group } from '../../types/groups.js'
import type { MeasureOf } from '../../types/measures.js'
import type { TopRules } from './top-figures.js'

/** How the tops of one grouping are measured. Bias@k is asked only of a grouping by the attribute that the probe names, where both values
 *  are groups. */
export function rulesOfGrouping(
  { desired, as, bias }: MeasureOf<'retrieval-skew'>,
  groupBy: readonly string[],
  groups: readonly Group[],
): TopRules {
  const asked = groupBy.length === 1 ? bias.find(({ attribute }) => attribute === groupBy[0]) : undefined
  const codeOf = (value: string): number => groups.findIndex(([pair]) => pair[1] === value)
  const [first, second] = asked === undefined ? [-1, -1] : [codeOf(asked.first), codeOf(asked.second)]
  return { desired, as, bias: first < 0 || second < 0 ? null : [first, second] }
}
