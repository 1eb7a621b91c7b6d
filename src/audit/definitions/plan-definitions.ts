import { DefinitionError, quoted, type Fault } from '../errors.js'
import type { LabelSet, Policy, Probe } from '../types/definitions.js'
import { needsLabelSets } from '../types/measures.js'
import { readLabelSetFile } from './label-set.js'
import { folderOf, locate, locateBeside, within, type Folder, type Located, type ShippedKind } from './locate.js'
import { COMMAND_LINE } from './plan-flags.js'
import type { PlanSettings, Setting } from './plan-settings.js'
import { failingOnDisparity, readPolicyFile } from './policy.js'
import { placesOfLimits, unknownNames } from './policy-names.js'
import { readProbeFile } from './probe.js'
import { refuseUnknown } from './shipped.js'

const DEFAULT_PROBE = 'denigration'
const DEFAULT_POLICY = 'default'

/** The probes, label sets and policy of a plan. */
export type PlanDefinitions = {
  readonly probes: readonly Probe[]
  readonly labelSets: readonly LabelSet[]
  readonly policy: Policy | null
  /** `file:line` of each limit that the file of the policy has. */
  readonly limitsAt: readonly string[]
}

/** Reads every definition that a plan names; what cannot be read becomes faults, all of them together.
 *  No probe named: `denigration`. No label set named: those the probes suggest. No policy named: `default`. */
export function planDefinitions(settings: PlanSettings, working: Folder, faults: Fault[]): PlanDefinitions {
  const preset = (value: string): Setting<string> => ({ value, at: COMMAND_LINE, field: '--probe', folder: working })
  const wanted = settings.probes?.length ? settings.probes : [preset(DEFAULT_PROBE)]
  const found = wanted.map((setting) => ({ setting, located: find('probes', setting, faults) }))
  const probes = found.flatMap(({ setting, located }) => {
    const probe = located && attempt(() => readProbeFile(located), faults)
    return probe ? [{ setting, located, probe }] : []
  })
  refuseRepeated(
    probes.map(({ setting, probe }) => ({ setting, id: probe.id })),
    'probe',
    faults,
  )
  const labelSets = settings.labelSets?.length
    ? namedLabelSets(settings.labelSets, faults)
    : suggestedLabelSets(probes, faults)
  const asked = { probes: probes.map(({ probe }) => probe), labelSets }
  return { ...asked, ...readPlanPolicy(settings, preset(DEFAULT_POLICY), { asked, faults }) }
}

function namedLabelSets(settings: readonly Setting<string>[], faults: Fault[]): readonly LabelSet[] {
  const found = settings.flatMap((setting) => {
    const located = find('label-sets', setting, faults)
    const labelSet = located && attempt(() => readLabelSetFile(located), faults)
    return labelSet ? [{ setting, labelSet }] : []
  })
  refuseRepeated(
    found.map(({ setting, labelSet }) => ({ setting, id: labelSet.id })),
    'label set',
    faults,
  )
  return found.map(({ labelSet }) => labelSet)
}

function suggestedLabelSets(
  probes: readonly { probe: Probe; located: Located }[],
  faults: Fault[],
): readonly LabelSet[] {
  const files = new Map<string, Located>()
  for (const { probe, located } of probes)
    for (const id of probe.suggests) {
      const file = locateBeside('label-sets', id, folderOf(located))
      if (file !== null) files.set(file.file, file)
      else attempt(() => refuseUnknown('label-sets', id, located.shown, 'suggests'), faults)
    }
  const labelSets = [...files.values()].flatMap((located) => attempt(() => readLabelSetFile(located), faults) ?? [])
  const isAsked = probes.some(({ probe: { measure } }) => needsLabelSets(measure))
  if (isAsked && labelSets.length === 0 && faults.length === 0) {
    const hint = 'The probes suggest none: name one with --label-set.'
    faults.push({ at: COMMAND_LINE, field: '--label-set', expected: 'a label set', received: 'nothing', hint })
  }
  return labelSets
}

function readPlanPolicy(
  { policy, failOn }: PlanSettings,
  preset: Setting<string>,
  { asked, faults }: { readonly asked: Pick<PlanDefinitions, 'probes' | 'labelSets'>; readonly faults: Fault[] },
): Pick<PlanDefinitions, 'policy' | 'limitsAt'> {
  const areAllRead = faults.length === 0 // what is missing for another reason was said
  const located = find('policies', policy ?? preset, faults)
  const read = located && attempt(() => readPolicyFile(located), faults)
  if (located && read && areAllRead) faults.push(...unknownNames(read, asked, located))
  if (!located || !read) return { policy: null, limitsAt: [] }
  return {
    policy: failOn?.includes('disparity') ? failingOnDisparity(read) : read,
    limitsAt: placesOfLimits(read, located),
  }
}

function find(kind: ShippedKind, { value, at, field, folder, text }: Setting<string>, faults: Fault[]): Located | null {
  if (text !== undefined) return { file: within(folder, `${value}.yaml`).file, shown: field, text }
  return locate(kind, value, folder) ?? attempt(() => refuseUnknown(kind, value, at, field), faults)
}

/** Runs a reader; its faults are collected, so that a plan with three broken files says so at once. */
export function attempt<Value>(read: () => Value, faults: Fault[]): Value | null {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error
    faults.push(...error.faults)
    return null
  }
}

/** Tables are keyed by id, so two files of one id cannot be told apart. */
function refuseRepeated(
  named: readonly { setting: Setting<string>; id: string }[],
  what: string,
  faults: Fault[],
): void {
  named.forEach(({ setting: { at, field }, id }, index) => {
    if (named.findIndex((other) => other.id === id) < index)
      faults.push({ at, field, expected: `each ${what} once`, received: `${quoted(id)} again` })
  })
}
