import { quoted } from '../../errors.js'
import { splitWords } from './label-words.js'
import { listed } from './phrases.js'
import type { Design, LintRule } from './rule.js'
import { genderAttribute, impliedAttributes, impliedValues } from './sides.js'

/** A text that names a group which its `implies` does not. */
export const unsaidGroup: LintRule = {
  id: 'unsaid-group',
  severity: 'note',
  needs: 'definition',
  readsWords: true,
  means:
    'Measures of whether the named group agrees with the annotation count only what `implies` says; this label is then outside them.',
  todo: 'Add the value to `implies` (probity label-set edit --implies), spelt as the dataset spells it.',
  check: (design) => {
    const unsaid = design.labelSet.labels.flatMap(({ id }, label) =>
      unsaidOf(design, label).map((attribute) => ({ id, label, attribute })),
    )
    if (unsaid.length === 0) return []
    const names = unsaid.map(({ label, attribute }) => `${quoted(design.labelSet.labels[label].text)} (${attribute})`)
    const seen = `${unsaid.length === 1 ? 'One text names' : `${unsaid.length} texts name`} a group that the label does not imply: ${listed(names)}.`
    return [{ seen, labels: unsaid.map(({ label }) => label) }]
  },
}

function unsaidOf(design: Design, label: number): readonly string[] {
  const gender = genderAttribute(design)
  const byGender = design.words[label].gender !== null && impliedValues(design, label, gender).length === 0
  const others = impliedAttributes(design.labelSet).filter(
    (attribute) => attribute !== gender && impliedValues(design, label, attribute).length === 0,
  )
  const byValue = others.filter((attribute) =>
    knownValues(design, attribute).some((value) => holds(design, label, value)),
  )
  return [...(byGender ? [gender] : []), ...byValue]
}

/** Values of the attribute that other labels of the set imply. */
function knownValues({ labelSet: { labels } }: Design, attribute: string): readonly string[] {
  return labels.flatMap(({ implies }) =>
    implies.filter((each) => each.attribute === attribute).flatMap(({ values }) => values),
  )
}

/** Whether the words of a value stand in the text, side by side: "Middle Eastern" in "a middle eastern thief". Ages are no words. */
function holds(design: Design, label: number, value: string): boolean {
  const wanted = splitWords(value)
  if (wanted.length === 0 || /\d/.test(value)) return false
  const { words } = design.words[label]
  return words.some((_, start) => wanted.every((word, offset) => words[start + offset] === word))
}
