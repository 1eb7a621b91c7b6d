import path from 'node:path'
import { DefinitionError, quoted, type Fault } from '../errors.js'
import type { EmbeddingPlan } from '../types/definitions.js'
import type { Grid } from '../types/grid.js'
import { FEWEST_DRAWS, MOST_DRAWS } from './grid-schema.js'
import type { Folder } from './locate.js'
import { planDataset } from './plan-dataset.js'
import { attempt } from './plan-definitions.js'
import { COMMAND_LINE, settingsFromFlags, type PlanFlags } from './plan-flags.js'
import { planIsolate } from './plan-isolate.js'
import { planModels } from './plan-models.js'
import { planDtypes } from './read-dtypes.js'
import { readGrid } from './shipped.js'

/** Everything a specification curve needs, checked, before any image is read. `seed` and `draws` are those of the grid unless a flag says otherwise. */
export type CurvePlan = EmbeddingPlan & {
  readonly grid: Grid
  readonly seed: number
  readonly draws: number
  readonly out: string
}

export type CurveFlags = PlanFlags & { readonly draws?: string | undefined }

/** A grid by id or path with the flags that say which model and which images. Paths are relative to `cwd`. Throws DefinitionError with all
 *  faults together. */
export function readCurvePlan({
  grid: idOrPath,
  flags,
  cwd,
}: {
  grid: string
  flags: CurveFlags
  cwd: string
}): CurvePlan {
  const working: Folder = { path: path.resolve(cwd), shown: '' }
  const { draws: drawsText, ...planFlags } = flags
  const { settings, faults: flagFaults } = settingsFromFlags(planFlags, working)
  const faults: Fault[] = [...flagFaults]
  const { models } = planModels(settings, faults)
  if (models.length > 1) {
    const hint = 'Draw the curve of each model in a run of its own, with the same grid and images'
    faults.push({
      at: COMMAND_LINE,
      field: '--model',
      expected: 'one model',
      received: `${models.length} models`,
      hint,
    })
  }
  const dataset = planDataset(settings, faults)
  const dtypes = planDtypes(settings, faults)
  const draws = readDraws(drawsText, faults)
  const grid = attempt(() => readGrid(idOrPath, working.path), faults)
  if (faults.length > 0 || dataset === null || grid === null) throw new DefinitionError('plan.invalid', faults)
  return {
    models,
    dataset,
    resize: settings.resize?.value ?? 'exact',
    ...dtypes,
    ...planIsolate(settings),
    grid,
    seed: settings.seed?.value ?? grid.seed,
    draws: draws ?? grid.draws,
    out: path.resolve(working.path, settings.out?.value ?? 'probity-curve'),
  }
}

function readDraws(text: string | undefined, faults: Fault[]): number | undefined {
  if (text === undefined) return undefined
  const draws = Number(text)
  if (/^[0-9]{1,6}$/.test(text) && draws >= FEWEST_DRAWS && draws <= MOST_DRAWS) return draws
  const expected = `a whole number from ${FEWEST_DRAWS} to ${MOST_DRAWS}`
  faults.push({ at: COMMAND_LINE, field: '--draws', expected, received: quoted(text) })
  return undefined
}
