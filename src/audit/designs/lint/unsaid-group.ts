import { quoted } from '../../errors.js'
import { splitWords } from './label-words.js'
import { listed } from './phrases.js'
import type { Design, LintRule } from './rule.js'
import { impliedAttributes, impliedValues } from './sides.js'

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
    const { labels } = design.labelSet
    const attributes = impliedAttributes(design.labelSet)
      .filter((attribute) => attribute !== design.genderAttribute)
      .map((attribute) => ({ attribute, phrases: phrasesOf(design, attribute) }))
    const unsaid = labels.flatMap((_, label) =>
      unsaidOf(design, label, attributes).map((attribute) => ({ label, attribute })),
    )
    if (unsaid.length === 0) return []
    const names = unsaid.map(({ label, attribute }) => `${quoted(labels[label].text)} (${attribute})`)
    const seen = `${unsaid.length === 1 ? 'One text names' : `${unsaid.length} texts name`} a group that the label does not imply: ${listed(names)}.`
    return [{ seen, labels: [...new Set(unsaid.map(({ label }) => label))] }]
  },
}

type Phrases = { readonly attribute: string; readonly phrases: readonly (readonly string[])[] }

function unsaidOf(design: Design, label: number, attributes: readonly Phrases[]): readonly string[] {
  const isSilentOn = (attribute: string): boolean => impliedValues(design, label, attribute).length === 0
  const byGender = design.words[label].gender !== null && isSilentOn(design.genderAttribute)
  const { words } = design.words[label]
  const byValue = attributes.filter(
    ({ attribute, phrases }) => isSilentOn(attribute) && phrases.some((phrase) => holds(words, phrase)),
  )
  return [...(byGender ? [design.genderAttribute] : []), ...byValue.map(({ attribute }) => attribute)]
}

/** The words of the values that labels of the set imply of an attribute. Ages are no words. */
function phrasesOf({ labelSet: { labels } }: Design, attribute: string): Phrases['phrases'] {
  const values = labels.flatMap(({ implies }) =>
    implies.filter((each) => each.attribute === attribute).flatMap((each) => each.values),
  )
  return [...new Set(values)].filter((value) => !/\d/.test(value)).map(splitWords)
}

/** Whether the words of a value stand in the text side by side: "Middle Eastern" in "a middle eastern thief". */
function holds(words: readonly string[], phrase: readonly string[]): boolean {
  return phrase.length > 0 && words.some((_, start) => phrase.every((word, offset) => words[start + offset] === word))
}
