import { quoted } from '../../errors.js'
import { genderOf } from './lexicon.js'
import { listedTexts } from './phrases.js'
import type { Design, LintRule, Sighting } from './rule.js'
import { comparedAttributes, impliedValues, sidesOf } from './sides.js'

/** Labels of one side that name one group of an attribute and no other: only women, or only one race. */
export const singleGroupNamed: LintRule = {
  id: 'single-group-named',
  severity: 'warning',
  needs: 'definition',
  readsWords: true,
  means:
    'People of the named group have a label of their own and all others have not, so the groups are not asked the same question and their rates may differ by the wording alone.',
  todo: 'Name every group of the attribute, each with the same words, or none.',
  check: (design) => {
    const { harmless, harmful } = sidesOf(design.labelSet)
    return comparedAttributes(design).flatMap((attribute) => [
      ...onSide(design, { labels: harmless, side: 'harmless' }, attribute),
      ...onSide(design, { labels: harmful, side: 'harmful' }, attribute),
    ])
  },
}

function onSide(
  design: Design,
  { labels, side }: { readonly labels: readonly number[]; readonly side: string },
  attribute: string,
): readonly Sighting[] {
  const named = labels.flatMap((label) => valuesNamed(design, label, attribute).map((value) => ({ label, value })))
  const values = [...new Set(named.map(({ value }) => foldedValue(value)))]
  if (values.length !== 1) return []
  const value = named[0].value
  const naming = [...new Set(named.map(({ label }) => label))]
  const texts = naming.map((label) => design.labelSet.labels[label].text)
  const seen = `Of ${attribute} the ${side} labels name only ${quoted(value)} (${listedTexts(texts)}).`
  return [{ seen, labels: naming, groups: [[[attribute, value]]] }]
}

/** Implied values; for gender also what the words say, where nothing is implied. */
function valuesNamed(design: Design, label: number, attribute: string): readonly string[] {
  const implied = impliedValues(design, label, attribute)
  if (implied.length > 0 || attribute !== design.genderAttribute) return implied
  const { gender } = design.words[label]
  return gender === null ? [] : [gender]
}

/** `Male`, `M` and the word "man" are one group. */
function foldedValue(value: string): string {
  return value === 'masculine' || value === 'feminine' ? value : (genderOf(value) ?? value)
}
