import type { ModelRun } from './decide-with-model.js'
import type { Quarantine, Warning } from './types/dataset.js'

type Hashes = readonly (string | null)[]

/** Hash of the content of every row, from the first model that read it; null when there is no model. */
export function firstHashes(runs: readonly Pick<ModelRun, 'hashes'>[]): Hashes | null {
  const [first] = runs
  if (first === undefined) return null
  return first.hashes.map((_, row) => runs.map(({ hashes }) => hashes[row]).find((hash) => hash !== null) ?? null)
}

/** Rows whose file was another one when a later model read it: their decisions are not about the same image. */
export function changedBetweenModels(runs: readonly Pick<ModelRun, 'hashes'>[], hashes: Hashes): number[] {
  return hashes.flatMap((hash, row) =>
    runs.some((run) => run.hashes[row] !== null && run.hashes[row] !== hash) ? [row] : [],
  )
}

/** A row that one model could not take is out for all. What is wrong with a file is said as it is; what is wrong with a vector is said of
 *  its model, where there are several. */
export function joinQuarantined(
  runs: readonly (Pick<ModelRun, 'quarantined'> & { readonly model: Pick<ModelRun['model'], 'name'> })[],
  changed: readonly number[],
): ReadonlyMap<number, Quarantine> {
  const joined = new Map<number, Quarantine>()
  for (const { model, quarantined } of runs) {
    for (const [row, { code, reason }] of quarantined) {
      if (joined.has(row)) continue
      const isOfModel = runs.length > 1 && code.startsWith('embed.')
      joined.set(row, { code, reason: isOfModel ? `${reason} (model ${model.name})` : reason })
    }
  }
  const reason = 'the file was changed after one model had read it and before the next one did'
  for (const row of changed) if (!joined.has(row)) joined.set(row, { code: 'file.changed', reason })
  return joined
}

/** Notes on images are about their files, so all models have the same ones: each stands once. What is said of a model stands for each. */
export function joinWarnings(runs: readonly Pick<ModelRun, 'warnings'>[]): readonly Warning[] {
  const byCode = new Map<string, Warning>()
  for (const warning of runs.flatMap(({ warnings }) => warnings)) {
    const isOfModel = warning.code.startsWith('model.')
    const key = isOfModel ? `${warning.code} ${warning.message}` : warning.code
    const before = byCode.get(key)
    if (before === undefined || before.count < warning.count) byCode.set(key, warning)
  }
  return [...byCode.values()].sort((a, b) => (a.code < b.code ? -1 : 1))
}
