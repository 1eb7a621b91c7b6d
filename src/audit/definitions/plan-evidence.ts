import { quoted, type Fault } from '../errors.js'
import type { Plan, Probe } from '../types/definitions.js'
import { IDENTITY } from '../types/measures.js'
import { existing } from './plan-places.js'
import { COMMAND_LINE } from './plan-flags.js'
import type { PlanSettings } from './plan-settings.js'

/** What some probes need beside images and labels: a file of captions, and the word of the user that naming people is meant. */
export function planEvidence(
  probes: readonly Probe[],
  settings: PlanSettings,
  faults: Fault[],
): Pick<Plan, 'captions' | 'acknowledge'> {
  const acknowledge = [...new Set(settings.acknowledge ?? [])]
  for (const probe of probes.filter(({ measure }) => measure.kind === 'identity')) {
    if (!acknowledge.includes('identity')) faults.push(unacknowledged(probe))
    const names = settings.map?.find(({ attribute }) => attribute === IDENTITY)
    if (names === undefined) faults.push(noNames(probe))
    else faults.push(...namesElsewhere(names.column, settings, probe))
    if (settings.where?.some(({ attribute }) => attribute === IDENTITY) === true) faults.push(filteredByName(probe))
  }
  return { captions: captionsFile(probes, settings, faults), acknowledge }
}

function captionsFile(probes: readonly Probe[], { captions }: PlanSettings, faults: Fault[]): string | null {
  const test = probes.find(({ measure }) => measure.kind === 'caption-test')
  if (test === undefined) {
    if (captions === undefined) return null
    const { at, field, value } = captions
    const hint = 'Add --probe surveillance, or leave the captions out.'
    faults.push({ at, field, expected: 'a probe that tests captions beside them', received: quoted(value), hint })
    return null
  }
  const hint = `The probe ${test.id} asks which caption fits an image. Name a CSV file with the columns image, caption and role.`
  return existing(captions, '--captions', 'file', hint, faults)
}

function unacknowledged(probe: Probe): Fault {
  return {
    at: COMMAND_LINE,
    field: '--acknowledge',
    expected: `identity, because the probe ${probe.id} asks a model to put names to faces`,
    received: 'nothing',
    hint: [
      'Recognising people can be used against them, and is often forbidden by the licence of the images.',
      'Give --acknowledge identity (acknowledge: [identity] in a plan) only if that licence allows it and the purpose is to know this risk of the model.',
      'Only names that you supply are used, and nothing about a single person is written',
    ].join(' '),
  }
}

/** Names may be no group, no name of an image and no annotation of training images; as subjects they are only counted. */
function namesElsewhere(column: string, { map = [], train }: PlanSettings, probe: Probe): Fault[] {
  const other = map.find(
    (one) =>
      one.attribute !== IDENTITY &&
      one.attribute !== 'subject' &&
      (one.column === column || one.column.includes(`{${column}}`)),
  )
  const inTraining = [...(train?.map ?? []), ...(train?.where ?? [])].some(({ attribute }) => attribute === IDENTITY)
  return [
    ...(other === undefined ? [] : [`${other.attribute}, from the same column as identity`]),
    ...(inTraining ? ['identity, for the training images'] : []),
  ].map((received) => ({
    at: COMMAND_LINE,
    field: '--map',
    expected: `no use of the names but as identity, because the probe ${probe.id} writes nothing about a single person`,
    received,
  }))
}

function filteredByName(probe: Probe): Fault {
  return {
    at: COMMAND_LINE,
    field: '--where',
    expected: `no filter by identity, because reports repeat every filter, and the probe ${probe.id} writes no name`,
    received: 'a filter by identity',
    hint: 'Leave out the rows of other people in the label file, or filter by another attribute',
  }
}

function noNames(probe: Probe): Fault {
  return {
    at: COMMAND_LINE,
    field: '--map',
    expected: `identity=COLUMN, the column that names the person of each image, for the probe ${probe.id}`,
    received: 'nothing',
  }
}
