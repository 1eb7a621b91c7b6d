import { quoted } from '../../errors.js'
import { listed } from './phrases.js'
import type { Design, LintRule, SeenGroups, Sighting } from './rule.js'
import { impliedAttributes, impliedValues } from './sides.js'

/** Labels that imply an attribute or a value which the dataset does not have, or has no image of. */
export const impliedValueUnknown: LintRule = {
  id: 'implied-value-unknown',
  severity: 'warning',
  needs: 'dataset',
  readsWords: false,
  means:
    'Such a label agrees with no annotation: every image put into it counts as put into a wrong group, often for a spelling alone.',
  todo: 'Spell the value as the dataset does, or map the column to this name (--map attribute=column).',
  check: (design, seen) =>
    impliedAttributes(design.labelSet).flatMap((attribute) => {
      const column = seen.attributes.find(({ name }) => name === attribute)
      return column === undefined ? [unknownAttribute(design, seen, attribute)] : unknownValues(design, seen, column)
    }),
}

function unknownAttribute(design: Design, seen: SeenGroups, attribute: string): Sighting {
  const names = seen.attributes.map(({ name }) => name)
  const labels = naming(design, attribute, () => true)
  const words = `Labels imply ${quoted(attribute)}, which the dataset does not have (it has ${listed(names)}).`
  return { seen: words + hint(design.nearest(attribute, names)), labels }
}

function unknownValues(design: Design, seen: SeenGroups, column: SeenGroups['attributes'][number]): Sighting[] {
  const { name, values } = column
  const all = [...new Set(design.labelSet.labels.flatMap((_, label) => impliedValues(design, label, name)))]
  return all.flatMap((value) => {
    const labels = naming(design, name, (other) => other === value)
    if (!values.includes(value)) {
      const words = `Labels imply ${name} ${quoted(value)}, which the dataset does not have.`
      return [{ seen: words + hint(design.nearest(value, values)), labels }]
    }
    const group = [[name, value] as const]
    if (seen.imagesOf(group) !== 0) return []
    return [
      { seen: `Labels imply ${name} ${quoted(value)}, of which the dataset has 0 images.`, labels, groups: [group] },
    ]
  })
}

function naming(design: Design, attribute: string, isMeant: (value: string) => boolean): number[] {
  return design.labelSet.labels.flatMap((_, label) =>
    impliedValues(design, label, attribute).some(isMeant) ? [label] : [],
  )
}

function hint(word: string | null): string {
  return word === null ? '' : ` Did you mean ${quoted(word)}?`
}
