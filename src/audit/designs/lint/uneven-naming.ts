import { quoted } from '../../errors.js'
import { counted, listed } from './phrases.js'
import type { Design, LintRule, Sighting } from './rule.js'
import { impliedAttributes, impliedValues, sidesOf } from './sides.js'

/** Some groups of an attribute have more harmless labels than others. */
export const unevenNaming: LintRule = {
  id: 'uneven-naming',
  severity: 'warning',
  needs: 'definition',
  readsWords: false,
  means:
    'The highest score of several labels is higher than that of one by their number alone, so a group with more harmless labels tends to lose fewer images to harmful ones.',
  todo: 'Give every group of the attribute the same number of harmless labels, in the same words.',
  check: (design) => impliedAttributes(design.labelSet).flatMap((attribute) => unevenly(design, attribute)),
}

/** Labels that imply several values at once ("a child") are no group's own and are not counted. */
function unevenly(design: Design, attribute: string): readonly Sighting[] {
  const counts = new Map<string, number[]>()
  for (const label of sidesOf(design.labelSet).harmless) {
    const values = impliedValues(design, label, attribute)
    if (values.length === 1) counts.set(values[0], [...(counts.get(values[0]) ?? []), label])
  }
  const numbers = [...counts.values()].map(({ length }) => length)
  if (new Set(numbers).size < 2) return []
  const most = Math.max(...numbers)
  const fewest = Math.min(...numbers)
  const valuesWith = (number: number): string =>
    listed([...counts].filter(([, labels]) => labels.length === number).map(([value]) => quoted(value)))
  const seen = `Of ${attribute}, ${valuesWith(most)} has ${counted(most, 'harmless label')} and ${valuesWith(fewest)} has ${fewest}.`
  const groups = [...counts]
    .filter(([, { length }]) => length === fewest)
    .map(([value]) => [[attribute, value] as const])
  return [{ seen, labels: [...counts.values()].flat(), groups }]
}
