import { DefinitionError, quoted } from '../errors.js'
import type { Limit, Policy, Waiver } from '../types/policy.js'
import { isCalendarDay } from './calendar-day.js'
import { contentSha256 } from './canonical.js'
import { checkYaml } from './check-yaml.js'
import { checkFileName } from './file-name-rule.js'
import type { Located } from './locate.js'
import { didYouMean } from './nearest-word.js'
import { refuseOtherKind } from './other-kind.js'
import { DEFAULT_PERMUTATIONS, policySchema } from './policy-schema.js'
import { RuleFaults } from './rule-faults.js'
import { readYaml, type YamlDocument } from './yaml-file.js'
import { nodeAt, placeOf, receivedAt } from './yaml-place.js'

/** Reads one policy. Throws DefinitionError with all faults of the file. */
export function readPolicyFile(located: Located): Policy {
  const document = readYaml(located.file, located.shown)
  refuseOtherKind(document, 'a policy')
  refuseFailOn(document)
  const written = checkYaml(policySchema, document)
  const faults = new RuleFaults(document)
  checkFileName(written.id, located.file, faults)
  const ids = written.limits.map(({ id }) => id)
  ids.forEach((id, index) => {
    if (ids.indexOf(id) < index)
      faults.add(['limits', index, 'id'], 'each id once', { received: `${quoted(id)} again` })
  })
  written.waivers?.forEach(({ limit, expires }, index) => {
    if (!ids.includes(limit))
      faults.add(['waivers', index, 'limit'], 'the id of a limit of this policy', {
        hint: didYouMean(limit, ids) ?? undefined,
      })
    if (!isCalendarDay(expires)) faults.add(['waivers', index, 'expires'], 'a day of the calendar')
  })
  faults.throwIfAny()
  const { permutations = DEFAULT_PERMUTATIONS, limits, waivers = [], warning, ...rest } = written
  return withPolicySha256({
    ...rest,
    permutations,
    limits: limits.map(withoutAbsent) as Limit[], // the schema has said which parts belong together
    waivers: waivers.map((waiver) => waiverOf(waiver)),
    ...(warning === undefined ? {} : { warning }),
  })
}

/** Until limits had kinds, a policy said `failOn: [disparity]`. */
function refuseFailOn(document: YamlDocument): void {
  if (nodeAt(document, ['failOn']) === null) return
  throw new DefinitionError('definition.invalid', {
    at: placeOf(document, ['failOn']),
    field: 'failOn',
    expected: 'mode and limits',
    received: receivedAt(document, ['failOn']),
    hint: 'Write mode: regression and limits: [{ id: disparity, kind: disparity }], or limits: [] for no gate.',
  })
}

type WrittenWaiver = Omit<Waiver, 'group'> & { readonly group?: ReadonlyMap<string, string> | undefined }

function waiverOf({
  group,
  ...waiver
}: WrittenWaiver | { readonly [key in keyof WrittenWaiver]: WrittenWaiver[key] | undefined }): Waiver {
  const { limit, finding, outcome, labelSet, owner, reason, expires } = waiver as Omit<Waiver, 'group'>
  return withoutAbsent({
    limit,
    finding,
    group: group === undefined ? undefined : [...group],
    outcome,
    labelSet,
    owner,
    reason,
    expires,
  }) as Waiver // withoutAbsent only drops what is undefined
}

function withoutAbsent(entry: object): object {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined))
}

/** A policy that also fails on any disparity towards harm, as `--fail-on disparity` asks; the same policy where it does already. */
export function failingOnDisparity(policy: Policy): Policy {
  if (policy.limits.some(({ kind, ...parts }) => kind === 'disparity' && Object.keys(parts).join() === 'id'))
    return policy
  const taken = policy.limits.some(({ id }) => id === 'disparity')
  const limit: Limit = { id: taken ? 'fail-on-disparity' : 'disparity', kind: 'disparity' }
  return withPolicySha256({ ...policy, limits: [...policy.limits, limit] })
}

/** A policy with the hash of its content, for a policy just read or just changed by `--fail-on`. */
export function withPolicySha256(policy: Omit<Policy, 'sha256'>): Policy {
  const { id, title, alpha, minimumImages, margin, adjustment, nearTie, quarantineLimit, permutations } = policy
  const { mode, limits, waivers, warning } = policy
  const content = {
    ...{ id, title, alpha, minimumImages, margin, adjustment, nearTie, quarantineLimit, permutations },
    ...{ mode, limits, waivers },
    ...(warning === undefined ? {} : { warning }),
  }
  return { ...content, sha256: contentSha256(content) }
}
