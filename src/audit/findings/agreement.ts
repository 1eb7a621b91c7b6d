import type { Contrast, Finding } from '../types/derived.js'
import type { Facts } from '../types/facts.js'
import type { Group } from '../types/groups.js'
import type { Agreement } from '../types/paired.js'

type Place = { readonly contrast: Contrast; readonly finding: Finding; readonly evidence: string }

/** Puts the findings about the same two sides under every model beside each other and says whether a disparity holds for all of them. Of two
 *  groups either may be the side that is compared, under each model another one: then the direction is turned round. Against the best group
 *  each model has a best group of its own. Empty unless there are several models; without failure-to-process, which knows no model. */
export function agreement(
  { evidence }: Pick<Facts, 'evidence'>,
  findings: readonly Finding[],
  contrasts: ReadonlyMap<string, Contrast>,
): Agreement[] {
  if (evidence.length < 2) return []
  const ids = evidence.map(({ id }) => id)
  const places = findings.flatMap((finding): Place[] => {
    const contrast = contrasts.get(finding.contrast)
    return contrast === undefined || contrast.evidence === null
      ? []
      : [{ contrast, finding, evidence: contrast.evidence }]
  })
  return [...grouped(places, questionOf).values()].flatMap((asked) => {
    if (isPair(asked)) return [agree(asked, ids)]
    return [...grouped(asked, ({ contrast }) => sidesOf(contrast)).values()].map((same) => agree(same, ids))
  })
}

function questionOf({ contrast: { probe, labelSet, outcome, groupBy } }: Place): string {
  return JSON.stringify([probe, labelSet, outcome, groupBy])
}

/** Groups on both sides, as JSON; everyone else, all images have none. */
function groupsOf({ sides: [{ group }, reference] }: Contrast): string[] {
  return [JSON.stringify(group), ...(reference.group === null ? [] : [JSON.stringify(reference.group)])]
}

/** Two groups that each model compares once: what one has more the other has less, against everyone too. */
function isPair(asked: readonly Place[]): boolean {
  const groups = new Set(asked.flatMap(({ contrast }) => groupsOf(contrast)))
  return groups.size === 2 && new Set(asked.map(({ evidence }) => evidence)).size === asked.length
}

function sidesOf({ sides: [{ group }, { reference }] }: Contrast): string {
  return JSON.stringify([group, reference])
}

function grouped(places: readonly Place[], keyOf: (place: Place) => string): ReadonlyMap<string, readonly Place[]> {
  const groups = new Map<string, Place[]>()
  for (const place of places) {
    const key = keyOf(place)
    const found = groups.get(key)
    if (found === undefined) groups.set(key, [place])
    else found.push(place)
  }
  return groups
}

function agree(same: readonly Place[], ids: readonly string[]): Agreement {
  const [{ contrast }] = same
  const group = contrast.sides[0].group
  const byEvidence = new Map(same.map((place) => [place.evidence, place] as const))
  const inOrder = ids.map((id) => byEvidence.get(id) ?? null)
  const directions = inOrder.map((place) => (place === null ? null : directionFor(group, place)))
  return {
    probe: contrast.probe,
    labelSet: contrast.labelSet ?? '', // only failure-to-process has none, and it is left out above
    outcome: contrast.outcome,
    groupBy: contrast.groupBy,
    group,
    findings: inOrder.map((place) => place?.finding.id ?? null),
    ...judge(directions),
  }
}

/** Where the disparity of a finding lies as seen from a group; null where there is none. */
function directionFor(group: Group, { contrast, finding: { verdict } }: Place): 'higher' | 'lower' | null {
  if (verdict.kind !== 'disparity') return null
  const isTurned = JSON.stringify(contrast.sides[0].group) !== JSON.stringify(group)
  if (!isTurned) return verdict.direction
  return verdict.direction === 'higher' ? 'lower' : 'higher'
}

function judge(directions: readonly ('higher' | 'lower' | null)[]): Pick<Agreement, 'holds' | 'direction'> {
  const found = new Set(directions.flatMap((direction) => direction ?? []))
  const [direction = null] = found
  if (direction === null) return { holds: 'none', direction }
  if (found.size === 2) return { holds: 'opposite', direction: null }
  return { holds: directions.includes(null) ? 'some' : 'all', direction }
}
