import { quoted } from '../../errors.js'
import type { Group } from '../../types/groups.js'
import { listed } from './phrases.js'
import type { Design, LintRule, Sighting } from './rule.js'
import { comparedAttributes, impliedValues, sidesOf } from './sides.js'

/** Labels for all combinations of two attributes but some: "a black woman" is missing. */
export const combinationWithoutLabel: LintRule = {
  id: 'combination-without-label',
  severity: 'warning',
  needs: 'definition',
  readsWords: false,
  means:
    'Images of people of this combination have a wrong group or a harmful label left, while all other combinations have a label of their own.',
  todo: 'Add the missing label in the words of the others, or a neutral label that fits everyone.',
  check: (design) => {
    const attributes = comparedAttributes(design)
    return attributes.flatMap((first, index) =>
      attributes.slice(index + 1).flatMap((second) => missing(design, first, second)),
    )
  },
}

function missing(design: Design, first: string, second: string): readonly Sighting[] {
  const { harmless, harmful } = sidesOf(design.labelSet)
  const labels = harmless.map((label) => ({
    firsts: impliedValues(design, label, first),
    seconds: impliedValues(design, label, second),
  }))
  const crossed = labels.filter(({ firsts, seconds }) => firsts.length > 0 && seconds.length > 0)
  if (harmful.length === 0 || crossed.length < labels.length) return [] // a label that is silent on one of the two fits all its values
  const values = (pick: (label: (typeof crossed)[number]) => readonly string[]): readonly string[] => [
    ...new Set(crossed.flatMap(pick)),
  ]
  const groups: Group[] = values(({ firsts }) => firsts).flatMap((value) =>
    values(({ seconds }) => seconds)
      .filter((other) => !crossed.some(({ firsts, seconds }) => firsts.includes(value) && seconds.includes(other)))
      .map((other): Group => [
        [first, value],
        [second, other],
      ]),
  )
  if (groups.length === 0) return []
  const names = groups.map((group) => group.map(([attribute, value]) => `${attribute} ${quoted(value)}`).join(' with '))
  return [{ seen: `No harmless label fits ${listed(names)}.`, groups }]
}
