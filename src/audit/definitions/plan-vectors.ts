import { statSync } from 'node:fs'
import path from 'node:path'
import { quoted, type Fault } from '../errors.js'
import type { Plan, Probe } from '../types/definitions.js'
import type { VectorsPlan } from '../types/vectors.js'
import { within, type Located } from './locate.js'
import { attempt } from './plan-definitions.js'
import { COMMAND_LINE } from './plan-flags.js'
import type { PlanSettings, Setting } from './plan-settings.js'
import { readEmbeddingsFile } from './read-embeddings-file.js'

const FILE = 'embeddings.yaml'

/** Vectors made elsewhere: each `embeddings.yaml` that a plan names, or the folder that one lies in. Nothing where none is named. */
export function planVectors(
  settings: PlanSettings,
  probes: readonly Probe[],
  { models, fromDecisions }: Pick<Plan, 'models' | 'fromDecisions'>,
  faults: Fault[],
): Pick<Plan, 'fromEmbeddings'> {
  const named = settings.fromEmbeddings ?? []
  if (named.length === 0) return {}
  const found = named.flatMap((setting) => {
    const located = locateFile(setting, faults)
    const vectors = located && attempt(() => readEmbeddingsFile(located), faults)
    return vectors ? [{ setting, vectors }] : []
  })
  const others = [...models, ...fromDecisions].map((each) => path.basename(each))
  refuseSameName(found, others, faults)
  refuseProbes(probes, faults)
  return { fromEmbeddings: found.map(({ vectors }) => vectors) }
}

function locateFile({ value, at, field, folder }: Setting<string>, faults: Fault[]): Located | null {
  const named = within(folder, value)
  const isFolder = !value.includes('\0') && statSync(named.file, { throwIfNoEntry: false })?.isDirectory() === true
  const located = isFolder ? within(folder, path.join(value, FILE)) : named
  if (!value.includes('\0') && statSync(located.file, { throwIfNoEntry: false })?.isFile() === true) return located
  const received = `${quoted(value)}, ${isFolder ? 'a folder without it' : 'where nothing is'}`
  const hint = `Write ${FILE} beside the vectors: docs/embeddings.md shows how.`
  const absent = isFolder || value.includes('\0') ? {} : ({ absent: true } as const)
  faults.push({ at, field, expected: `${FILE}, or a folder with it`, received, hint, ...absent })
  return null
}

type Found = { readonly setting: Setting<string>; readonly vectors: VectorsPlan }

/** Reports tell sources apart by their names. */
function refuseSameName(found: readonly Found[], others: readonly string[], faults: Fault[]): void {
  found.forEach(({ setting: { at, field }, vectors }, index) => {
    const taken = [...others, ...found.slice(0, index).map((before) => before.vectors.model)]
    if (!taken.includes(vectors.model)) return
    const received = `${quoted(vectors.model)} again`
    const hint = `Reports tell them apart by name; change model: in ${path.basename(vectors.file)}.`
    faults.push({ at, field, expected: 'vectors of a model with a name of its own', received, hint })
  })
}

/** What needs the images themselves. A linear probe, which embeds others, is refused where its training images are planned. */
function refuseProbes(probes: readonly Probe[], faults: Fault[]): void {
  for (const { id } of probes.filter(({ evidence }) => evidence === 'transformed images')) {
    const expected = `a model folder, because the probe ${id} embeds altered images`
    const hint = 'Name the model with --model instead of its vectors, or leave that probe out.'
    faults.push({ at: COMMAND_LINE, field: '--probe', expected, received: 'vectors', hint })
  }
}
