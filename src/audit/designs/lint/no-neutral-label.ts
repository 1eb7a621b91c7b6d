import { capital, allOf, counted, listed } from './phrases.js'
import type { LintRule } from './rule.js'
import { isNeutral, namedAttributes, sidesOf } from './sides.js'

/** No label that fits a person of any group, such as "a person". */
export const noNeutralLabel: LintRule = {
  id: 'no-neutral-label',
  severity: 'warning',
  needs: 'definition',
  readsWords: true,
  means:
    'An image that fits none of the named groups well has only a wrong group or a harmful label left. How often that happens may differ between groups, and the rate then measures the missing label as well as the model.',
  todo: 'Try the same label set with "a person" or "a human being" beside it and compare the two (clip-paper-person does so for clip-paper).',
  check: (design) => {
    const { harmless, harmful } = sidesOf(design.labelSet)
    if (harmful.length === 0 || harmless.length === 0) return []
    if (harmless.some((label) => isNeutral(design, label))) return []
    const naming = harmless.filter((label) => namedAttributes(design, label).length > 0)
    const attributes = [...new Set(naming.flatMap((label) => namedAttributes(design, label)))]
    const all = allOf(harmless.length, 'harmless label')
    const seen =
      naming.length === harmless.length
        ? `${capital(all)} ${harmless.length === 1 ? 'names' : 'name'} a group (${listed(attributes)}); none stands for a person of any group beside ${counted(harmful.length, 'harmful label')}.`
        : `No harmless label stands for a person of any group, beside ${counted(harmful.length, 'harmful label')}.`
    return [{ seen, labels: harmless }]
  },
}
