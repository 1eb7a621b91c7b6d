import { readDatasetPlan } from '../audit/definitions/read-dataset-plan.js'
import type { PlanFlags } from '../audit/definitions/plan-flags.js'
import { readDtypes } from '../audit/definitions/read-dtypes.js'
import { listShipped, readLabelSet, readProbe } from '../audit/definitions/shipped.js'
import { DefinitionError, quoted } from '../audit/errors.js'
import { runLint, type LintEvidence } from '../audit/run-lint.js'
import type { DatasetPlan } from '../audit/types/definitions.js'
import { describeLint } from './describe-lint.js'
import { EXIT } from './exit.js'
import { isolationAsked, type IsolationFlags } from './isolation-asked.js'
import { shownLines } from './shown.js'
import { storeChoice, type StoreFlags } from './store-place.js'
import { commandLineTools } from './tools.js'

export type LintFlags = Pick<PlanFlags, 'dataset' | 'labels' | 'map' | 'where' | 'unknownValues' | 'probe' | 'dtype'> &
  StoreFlags &
  IsolationFlags & {
    readonly model?: string
    readonly audit?: string
    readonly threshold?: string
    readonly strict?: boolean
    readonly json?: boolean
  }

/** Lints a label set against what was named, and prints what it saw. Exit 0 with warnings; with `--strict` exit 1. */
export async function lintFromCommandLine(idOrFile: string, flags: LintFlags): Promise<void> {
  const labelSet = readLabelSet(idOrFile)
  const store = storeChoice({ ...(flags.store === undefined ? {} : { store: flags.store }) })
  const tools = commandLineTools({
    json: flags.json,
    isolation: isolationAsked(flags),
    store: flags.model === undefined ? null : store,
  })
  const result = await runLint(labelSet, readEvidence(flags), tools)
  process.stdout.write(flags.json ? `${JSON.stringify(result, null, 2)}\n` : shownLines(describeLint(result)))
  const isWarned = result.warnings.some(({ severity }) => severity === 'warning')
  if (flags.strict && isWarned) process.exitCode = EXIT.failed
}

/** The evidence that flags name. Throws DefinitionError. */
export function readEvidence(flags: LintFlags): LintEvidence {
  const probes = flags.probe ?? listShipped('probes').map(({ id }) => id)
  return {
    probes: probes.map((probe) => readProbe(probe)),
    threshold: readThreshold(flags.threshold),
    dataset: readDatasetFlags(flags),
    model: flags.model ?? null,
    ...(flags.dtype === undefined ? {} : { dtype: readDtypes(flags.dtype) }),
  }
}

function readDatasetFlags({
  audit,
  dataset,
  labels,
  map,
  where,
  unknownValues,
}: LintFlags): DatasetPlan | string | null {
  const isNamed = dataset !== undefined || labels !== undefined || map !== undefined || where !== undefined
  if (audit !== undefined && isNamed) {
    throw new DefinitionError('flag.audit', {
      at: 'command line',
      field: '--audit',
      expected: 'a saved audit or a dataset',
      received: 'both',
      hint: 'Leave out --audit, or --dataset with its flags.',
    })
  }
  return audit ?? (isNamed ? readDatasetPlan({ dataset, labels, map, where, unknownValues }, process.cwd()) : null)
}

function readThreshold(text: string | undefined): number | null {
  if (text === undefined) return null
  const value = Number(text)
  if (/^[0-9.eE+-]+$/.test(text) && value > 0 && value < 1) return value
  throw new DefinitionError('flag.threshold', {
    at: 'command line',
    field: '--threshold',
    expected: 'a probability between 0 and 1, such as 0.005',
    received: quoted(text),
  })
}
