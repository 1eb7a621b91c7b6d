import { quoted } from '../../errors.js'
import type { AttributePair, Group } from '../../types/groups.js'
import { ageWords } from './age-band.js'
import { agesWithoutLabel, fitsGroup } from './fits-group.js'
import { agesOfValue, isAgeName } from './label-words.js'
import { counted, listed } from './phrases.js'
import type { Design, LintRule, SeenGroups, Sighting } from './rule.js'
import { sidesOf } from './sides.js'

/** Groups of the dataset for which every fitting label is a harmful one. */
export const groupWithoutHarmlessLabel: LintRule = {
  id: 'group-without-harmless-label',
  severity: 'warning',
  needs: 'dataset',
  readsWords: true,
  means:
    'Images of these people can only go to a wrong group or to a harmful label. Their rate may then be higher than that of others for the want of a label alone.',
  todo: 'Add a harmless label that fits them, or a neutral one ("a person"), and compare the two label sets on the same images.',
  check: (design, seen) => {
    const { harmless, harmful } = sidesOf(design.labelSet)
    if (harmful.length === 0 || harmless.length === 0) return []
    const values = seen.attributes.flatMap(({ name, values }) => valuesWithout(design, harmless, seen, [name, values]))
    const pairs = seen.attributes.flatMap((first, index) =>
      seen.attributes.slice(index + 1).flatMap((second) => pairsWithout(design, harmless, seen, [first, second])),
    )
    return [...values, ...pairs]
  },
}

function valuesWithout(
  design: Design,
  harmless: readonly number[],
  seen: SeenGroups,
  [attribute, values]: readonly [string, readonly string[]],
): readonly Sighting[] {
  const groups = values.map((value): Group => [[attribute, value]]).filter((group) => isThere(seen, group))
  const without = groups.filter((group) => !harmless.some((label) => fitsGroup(design, label, group)))
  const inPart = groups.filter((group) => !without.includes(group)).flatMap((group) => partOf(design, harmless, group))
  if (without.length + inPart.length === 0) return []
  const whole = without.map((group) => withImages(seen, group))
  const seenWhole = whole.length === 0 ? '' : `No harmless label fits ${attribute} ${listed(whole)}.`
  const seenPart = inPart.map(
    ({ group, gaps }) => `Of ${attribute} ${withImages(seen, group)} none fits those of ${gaps}.`,
  )
  return [
    {
      seen: [seenWhole, ...seenPart].filter((text) => text !== '').join(' '),
      groups: [...without, ...inPart.map(({ group }) => group)],
    },
  ]
}

/** An age band that some labels fit at one end only: "10-19" beside labels for adults. */
function partOf(design: Design, harmless: readonly number[], group: Group): { group: Group; gaps: string }[] {
  const [attribute, value] = group[0]
  const band = isAgeName(attribute) ? agesOfValue(value) : null
  const fitting = harmless.filter((label) => fitsGroup(design, label, group))
  const isImplied = fitting.some((label) =>
    design.labelSet.labels[label].implies.some((each) => each.attribute === attribute),
  )
  if (band === null || isImplied) return []
  const gaps = agesWithoutLabel(design, fitting, band)
  return gaps.length === 0 ? [] : [{ group, gaps: listed(gaps.map(ageWords)) }]
}

/** Combinations without a label whose values have one each: "a black woman" where only black men and white women are named. */
function pairsWithout(
  design: Design,
  harmless: readonly number[],
  seen: SeenGroups,
  [first, second]: readonly [SeenGroups['attributes'][number], SeenGroups['attributes'][number]],
): readonly Sighting[] {
  const fits = (group: Group): boolean => harmless.some((label) => fitsGroup(design, label, group))
  const fitting = ({ name, values }: SeenGroups['attributes'][number]): AttributePair[] =>
    values.map((value): AttributePair => [name, value]).filter((pair) => fits([pair]))
  const seconds = fitting(second)
  const groups = fitting(first)
    .flatMap((pair) => seconds.map((other): Group => [pair, other]))
    .filter((group) => !fits(group) && isThere(seen, group))
  if (groups.length === 0) return []
  const names = groups.map((group) => withImages(seen, group))
  return [{ seen: `No harmless label fits ${first.name} with ${second.name} ${listed(names)}.`, groups }]
}

function isThere(seen: SeenGroups, group: Group): boolean {
  return seen.imagesOf(group) !== 0
}

function withImages(seen: SeenGroups, group: Group): string {
  const names = group.map(([, value]) => quoted(value)).join(' with ')
  const images = seen.imagesOf(group)
  return images === null ? names : `${names} (${counted(images, 'image')})`
}
