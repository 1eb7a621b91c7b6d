import path from 'node:path'
import { DefinitionError, type Fault } from '../errors.js'
import type { Plan } from '../types/definitions.js'
import type { LabelSetInCode, PlanInCode } from '../types/plan-in-code.js'
import type { Folder } from './locate.js'
import { settingsFromDocument } from './plan-file.js'
import { COMMAND_LINE } from './plan-flags.js'
import type { PlanSettings } from './plan-settings.js'
import { planOf } from './read-plan.js'
import { parseYaml } from './yaml-file.js'

const PLAN = 'plan' // where messages about a plan in code point

/** Everything an audit needs, from a plan that a program holds, checked as its file would be. Paths are relative to `cwd`.
 *  Throws DefinitionError with all faults together; they name fields of the plan (`dataset.labels`) and no line. */
export function readPlanInCode(written: PlanInCode, cwd: string): Plan {
  const working: Folder = { path: path.resolve(cwd), shown: '' }
  const { labelSets = [] } = written
  const named = { ...written, ...(written.labelSets === undefined ? {} : { labelSets: labelSets.map(nameOf) }) }
  try {
    // JSON is YAML: what a program holds is read by the very rules of the file
    const settings = settingsFromDocument(parseYaml(asJson(named), PLAN), working)
    return planOf({ ...settings, ...withTexts(settings, labelSets) }, working)
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error
    throw new DefinitionError(error.code, error.faults.map(inCode), { cause: error })
  }
}

function nameOf(labelSet: string | LabelSetInCode): string {
  return typeof labelSet === 'string' ? labelSet : String(labelSet.id)
}

function withTexts(
  { labelSets }: PlanSettings,
  written: readonly (string | LabelSetInCode)[],
): Pick<PlanSettings, 'labelSets'> {
  const texts = written.map((one) => (typeof one === 'string' ? null : asJson(one)))
  return {
    labelSets: labelSets?.map((setting, index) => {
      const text = texts[index]
      return text === null ? setting : { ...setting, text }
    }),
  }
}

/** On one line, so that every place in it is line 1. A Map is written as the object it stands for. */
function asJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part instanceof Map ? Object.fromEntries<unknown>(part) : part,
  )
}

/** A fault in the words of a program: fields instead of flags, and no line where there is no file. */
function inCode({ at, field, hint, ...fault }: Fault): Fault {
  const place = at === COMMAND_LINE ? PLAN : at.replace(/^(plan|labelSets\[\d+\]):1$/, '$1')
  return {
    ...fault,
    at: place,
    ...(field === undefined ? {} : { field: field.replace(FLAG, keyOf) }),
    ...(hint === undefined ? {} : { hint: hint.replace(FLAG, keyOf) }),
  }
}

const FLAG = /--([a-z]+(?:-[a-z]+)*)/g

const KEYS: ReadonlyMap<string, string> = new Map([
  ['model', 'models'],
  ['probe', 'probes'],
  ['label-set', 'labelSets'],
  ['dataset', 'dataset.format'],
  ['out', 'output'],
  ...[
    'images',
    'labels',
    'crop',
    'encoding',
    'delimiter',
    'box-padding',
    'map',
    'join',
    'where',
    'unknown-values',
    'follow-outside',
  ].map((flag): [string, string] => [flag, `dataset.${camelCase(flag)}`]),
])

function keyOf(_flag: string, name: string): string {
  return KEYS.get(name) ?? camelCase(name)
}

function camelCase(flag: string): string {
  return flag.replace(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase())
}
