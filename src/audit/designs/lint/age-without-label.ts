import { ADULT_AGE, ageGaps, ANY_AGE, ageWords, type AgeBand } from './age-band.js'
import { allOf, listed, listedTexts } from './phrases.js'
import type { Design, LintRule } from './rule.js'
import { sidesOf } from './sides.js'

/** Harmless labels that all speak of adults, or of children: a part of life for which only harmful labels are left. */
export const ageWithoutLabel: LintRule = {
  id: 'age-without-label',
  severity: 'warning',
  needs: 'definition',
  readsWords: true,
  means:
    'The CLIP paper prints that adding "child" took the share of harmful labels among images of 0 to 2 years from 30.3 % to 2.3 % (Table 7): most of that rate was owed to the missing label.',
  todo: 'Add a harmless label for these ages ("a child", "an elderly person"), or a neutral one ("a person"), and compare the two label sets.',
  check: (design) => {
    const { harmless, harmful } = sidesOf(design.labelSet)
    const bands = harmless.flatMap((label) => design.words[label].ages ?? [])
    if (harmful.length === 0 || bands.length === 0) return []
    const gaps = ageGaps(ANY_AGE, bands)
    return gaps.length === 0 ? [] : [{ seen: describe(design, harmless, gaps), labels: harmless }]
  },
}

function describe({ words }: Design, harmless: readonly number[], gaps: readonly AgeBand[]): string {
  const said = [...new Set(harmless.flatMap((label) => words[label].personWords))]
  const speak =
    said.length === 0 ? '' : `: ${allOf(harmless.length, 'harmless label')} together say only ${listedTexts(said)}`
  const first = gaps[0]
  const child =
    first.from === 0 && first.to < ADULT_AGE
      ? ' A child of 0 to 2 years, for one, has no fitting label but harmful ones.'
      : ''
  return `No harmless label fits a person of ${listed(gaps.map(ageWords))}${speak}.${child}`
}
