import { allOf, capital, counted, listed } from './phrases.js'
import type { Design, LintRule, Sighting } from './rule.js'
import { comparedAttributes, namedAttributes, sidesOf } from './sides.js'

const LARGEST_DIFFERENCE = 0.5 // of the shares of labels that name the attribute: beyond it one side mostly does and the other mostly does not

/** "A black man" beside "a criminal": one side names groups, the other does not. */
export const oneSidedWording: LintRule = {
  id: 'one-sided-wording',
  severity: 'warning',
  needs: 'definition',
  readsWords: true,
  means:
    'A label that names a group asks two things at once: a person, and of this group. An image that fits the group badly can lose all such labels to a label that names none, and nothing says that the groups lose them equally.',
  todo: 'Word both sides alike: add neutral labels to the side that names groups ("a person" beside "a criminal"), or compare with a label set that names no group.',
  check: (design) => {
    const { harmless, harmful } = sidesOf(design.labelSet)
    if (harmless.length === 0 || harmful.length === 0) return []
    const found = new Map<string, { attributes: string[]; counts: readonly [number, number] }>()
    for (const attribute of comparedAttributes(design)) {
      const counts = [countNaming(design, harmless, attribute), countNaming(design, harmful, attribute)] as const
      if (Math.abs(counts[0] / harmless.length - counts[1] / harmful.length) < LARGEST_DIFFERENCE) continue
      const before = found.get(counts.join(' '))
      found.set(counts.join(' '), { attributes: [...(before?.attributes ?? []), attribute], counts })
    }
    return [...found.values()].map(({ attributes, counts }) => sighting({ harmless, harmful }, attributes, counts))
  },
}

function countNaming(design: Design, labels: readonly number[], attribute: string): number {
  return labels.filter((label) => namedAttributes(design, label).includes(attribute)).length
}

function sighting(
  { harmless, harmful }: { readonly harmless: readonly number[]; readonly harmful: readonly number[] },
  attributes: readonly string[],
  counts: readonly [number, number],
): Sighting {
  const what = listed(attributes.map((attribute) => `a ${attribute}`))
  const first = naming(counts[0], harmless.length, 'harmless', what)
  const second = naming(counts[1], harmful.length, 'harmful', null)
  return { seen: `${capital(first)}; ${second}.`, labels: [...harmless, ...harmful] }
}

/** `none of the 7 harmful labels names a race`; without `what` the verb stands alone: `none of the 7 harmful labels does`. */
function naming(count: number, total: number, side: string, what: string | null): string {
  const isOne = count <= 1 || total === 1
  const verb = what === null ? (isOne ? 'does' : 'do') : `${isOne ? 'names' : 'name'} ${what}`
  if (count === total) return `${allOf(total, `${side} label`)} ${verb}`
  if (count === 0 && total === 1)
    return `the only ${side} label ${what === null ? 'does not' : `does not name ${what}`}`
  if (count === 0) return `none of the ${counted(total, `${side} label`)} ${verb}`
  return `${count} of the ${counted(total, `${side} label`)} ${verb}`
}
