import { readAudit } from './audit-file/read-audit.js'
import { DefinitionError, quoted } from './errors.js'
import { FAIRFACE_RACE_BY_GENDER, FAIRFACE_RACES, type SizedGroup } from './calibration/fairface.js'
import type { AuditResult } from './types/audit.js'
import type { Calibration } from './types/calibration.js'
import type { Policy } from './types/definitions.js'
import { UNKNOWN } from './types/groups.js'

/** The group sizes and limits that a calibration is for. */
export type CalibrationSizes = {
  readonly groups: Calibration['groups']
  readonly recoveryGroups: readonly SizedGroup[]
  readonly policy: Policy
}

const FEWEST_GROUPS = 2

/** The groups of FairFace's validation images. */
export function fairfaceSizes(policy: Policy): CalibrationSizes {
  const groupBy = ['race', 'gender']
  return {
    groups: { source: 'fairface-val', auditId: null, groupBy, sizes: FAIRFACE_RACE_BY_GENDER },
    recoveryGroups: FAIRFACE_RACES,
    policy,
  }
}

/** The same images by race and gender, by race and by gender: every grouping that a policy can limit there. */
export function fairfaceGroupings(): Grouping[] {
  const genders = new Map<string, number>()
  for (const { name, images } of FAIRFACE_RACE_BY_GENDER) {
    const gender = name.slice(name.indexOf(', ') + 2)
    genders.set(gender, (genders.get(gender) ?? 0) + images)
  }
  return [
    { groupBy: ['race', 'gender'], sizes: FAIRFACE_RACE_BY_GENDER },
    { groupBy: ['race'], sizes: FAIRFACE_RACES },
    { groupBy: ['gender'], sizes: [...genders].map(([name, images]) => ({ name, images })) },
  ]
}

/** The groups of a saved audit, as it counted them, with its own limits: those of `groupBy`, or of the grouping with the most groups
 *  that have enough images. Throws DefinitionError when the audit has no such grouping, or none with two groups to compare. */
export async function sizesOfAudit(file: string, groupBy: readonly string[] | null): Promise<CalibrationSizes> {
  const audit = await readAudit(file)
  const { policy } = audit.facts
  const isJudged = ({ images }: SizedGroup): boolean => images >= Math.max(1, policy.minimumImages)
  const judgedIn = (sizes: readonly SizedGroup[]): number => sizes.filter(isJudged).length
  const groupings = groupingsOf(audit)
  const chosen =
    groupBy === null
      ? groupings.reduce<Grouping | undefined>(
          (most, one) => (most === undefined || judgedIn(one.sizes) > judgedIn(most.sizes) ? one : most),
          undefined,
        )
      : groupings.find((one) => one.groupBy.join() === groupBy.join())
  if (chosen === undefined) throw noSuchGrouping(file, groupBy, groupings)
  if (judgedIn(chosen.sizes) < FEWEST_GROUPS) {
    throw new DefinitionError('calibrate.too-few-groups', {
      at: file,
      field: chosen.groupBy.join(','),
      expected: `at least ${FEWEST_GROUPS} groups with ${policy.minimumImages} images or more`,
      received: String(judgedIn(chosen.sizes)),
    })
  }
  return {
    groups: { source: 'audit', auditId: audit.auditId, groupBy: chosen.groupBy, sizes: chosen.sizes },
    recoveryGroups: chosen.sizes,
    policy,
  }
}

/** Every grouping of a saved audit that has at least two groups with images. Throws DefinitionError where there is none. */
export async function groupingsOfAudit(file: string): Promise<Grouping[]> {
  const audit = await readAudit(file)
  const groupings = groupingsOf(audit).filter(({ sizes }) => sizes.length >= FEWEST_GROUPS)
  if (groupings.length === 0) throw noSuchGrouping(file, null, groupings)
  return groupings
}

type Grouping = { readonly groupBy: readonly string[]; readonly sizes: readonly SizedGroup[] }

/** Each grouping once, with the images that the first outcome of its first family counts in every comparable group. */
function groupingsOf({ facts, derived }: AuditResult): Grouping[] {
  const families = facts.probes.flatMap((probe) => probe.families.map((family) => ({ probe: probe.id, family })))
  const first = families.filter(
    ({ family }, place) => families.findIndex((one) => one.family.groupBy.join() === family.groupBy.join()) === place,
  )
  return first.map(({ probe, family }) => ({
    groupBy: family.groupBy,
    sizes: derived.rates.flatMap((rate) => {
      const isOfFamily =
        rate.probe === probe &&
        rate.evidence === family.evidence &&
        rate.labelSet === family.labelSet &&
        rate.outcome === family.outcomes[0] &&
        rate.groupBy.join() === family.groupBy.join()
      const isCompared = rate.group?.every(([, value]) => value !== UNKNOWN) ?? false
      if (!isOfFamily || !isCompared || rate.total === 0) return []
      return { name: (rate.group ?? []).map(([, value]) => value).join(', '), images: rate.total }
    }),
  }))
}

function noSuchGrouping(
  file: string,
  groupBy: readonly string[] | null,
  groupings: readonly Grouping[],
): DefinitionError {
  const known = groupings.map((one) => one.groupBy.join(',')).join(' or ')
  return new DefinitionError('calibrate.no-grouping', {
    at: file,
    field: '--group-by',
    expected: known === '' ? 'an audit whose probes compare groups' : known,
    received: groupBy === null ? 'none' : quoted(groupBy.join(',')),
  })
}
