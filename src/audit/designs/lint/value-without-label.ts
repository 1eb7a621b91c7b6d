import { quoted } from '../../errors.js'
import { counted, listed } from './phrases.js'
import type { LintRule } from './rule.js'
import { impliedAttributes } from './sides.js'

/** Values of the dataset that no label implies, although labels imply other values of the attribute. */
export const valueWithoutLabel: LintRule = {
  id: 'value-without-label',
  severity: 'note',
  needs: 'dataset',
  readsWords: false,
  means:
    'Images of these people can never be put into a label of their own value, so agreement with the annotation is 0 for them by design.',
  todo: 'Add labels for these values, or leave the attribute out of what you measure with this label set.',
  check: ({ labelSet }, seen) =>
    impliedAttributes(labelSet).flatMap((attribute) => {
      const values = seen.attributes.find(({ name }) => name === attribute)?.values ?? []
      const implied = new Set(
        labelSet.labels.flatMap(({ implies }) =>
          implies.filter((each) => each.attribute === attribute).flatMap((each) => each.values),
        ),
      )
      const missing = values.filter((value) => !implied.has(value) && seen.imagesOf([[attribute, value]]) !== 0)
      if (missing.length === 0) return []
      const seenWords = `Of the ${counted(values.length, 'value')} of ${attribute} in the dataset no label implies ${listed(missing.map((value) => quoted(value)))}.`
      return [{ seen: seenWords, groups: missing.map((value) => [[attribute, value] as const]) }]
    }),
}
