import type { InspectedGroup, InspectedGrouping, Inspection } from '../audit/types/inspection.js'
import { shownName } from './shown.js'

const MOST_NAMED = 6 // groups in one sentence

/** What so many images can show, in sentences: of each grouping the smallest difference that would be found, and the groups that get no verdict. */
export function conclusions({ groupings, limits }: Inspection): string[] {
  const rate = percent(limits.assumedRate)
  return [
    `Of an outcome that ${rate} of everyone else have, this is the smallest rate of a group that an audit would find higher in four cases of five (policy ${shownName(limits.policy)}: more than ${percent(limits.margin.difference)} and ${limits.margin.ratio} times, alpha ${limits.alpha} shared by the comparisons of a grouping).`,
    ...groupings.flatMap((grouping) => ofGrouping(grouping, limits)),
    'What is not found is not absent: a smaller difference may be there. Nothing here says how people would be classified.',
  ]
}

function ofGrouping({ groupBy, groups, comparisons }: InspectedGrouping, limits: Inspection['limits']): string[] {
  const name = groupBy.map(shownName).join(' x ')
  const comparable = groups.filter(({ standing }) => standing === 'comparable')
  const small = groups.filter(({ standing }) => standing === 'below-minimum')
  const empty = groups.filter(({ standing }) => standing === 'empty')
  const sentences: string[] = []
  if (comparable.length === 0) sentences.push(`${name}: no verdict is possible.`)
  else sentences.push(`${name}: ${verdicts(comparable, groups.length, comparisons)}`)
  if (small.length > 0)
    sentences.push(
      `${name}: ${small.length === 1 ? '1 group has' : `${small.length} groups have`} fewer than ${limits.minimumImages} on one side and would get counts, no verdict. Smallest: ${named(byUnits(small))}.`,
    )
  if (empty.length > 0)
    sentences.push(
      `${name}: ${empty.length === 1 ? '1 combination has' : `${empty.length} combinations have`} no image at all, and nothing can be said of ${empty.length === 1 ? 'it' : 'them'}: ${list(empty)}.`,
    )
  return sentences
}

function verdicts(comparable: readonly InspectedGroup[], all: number, comparisons: number): string {
  const never = comparable.filter(({ detectable }) => detectable === null)
  const found = byUnits(comparable.filter(({ detectable }) => detectable !== null))
  const said = (one: InspectedGroup): string => `${percent(one.detectable ?? NaN)} for ${label(one)} (${one.units})`
  const [least, most] = [found.at(0), found.at(-1)]
  const range =
    least === undefined || most === undefined
      ? 'no difference would be found'
      : least === most
        ? said(least)
        : `from ${said(most)} to ${said(least)}`
  const without = never.length === 0 ? '' : `; none for ${list(never)}`
  return `${comparable.length} of ${all} groups can be compared (${comparisons} comparisons): ${range}${without}.`
}

function byUnits(groups: readonly InspectedGroup[]): InspectedGroup[] {
  return [...groups].sort((a, b) => a.units - b.units)
}

function named(groups: readonly InspectedGroup[]): string {
  return more(groups.map((one) => `${label(one)} (${one.units})`))
}

function list(groups: readonly InspectedGroup[]): string {
  return more(groups.map(label))
}

function more(words: readonly string[]): string {
  const rest = words.length - MOST_NAMED
  return rest > 0 ? `${words.slice(0, MOST_NAMED).join(', ')} and ${rest} more` : words.join(', ')
}

function label({ group }: InspectedGroup): string {
  return group.map(([, value]) => shownName(value)).join(' / ')
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(1))}%`
}
