import { DefinitionError, quoted, type Fault } from '../errors.js'
import type { LabelSet, Plan } from '../types/definitions.js'
import { AUTO_DTYPE, DTYPES } from '../types/dtype.js'
import type { Dtype, Dtypes } from '../types/dtype.js'
import type { PlanSettings } from './plan-settings.js'
import { didYouMean, oneOf } from './words.js'

/** How a flag says that a text is not one of its words, with a cure. */
type Refuse = (field: string, expected: string, text: string, hint?: string) => undefined

const NAMED = `${oneOf(DTYPES)}; vision=fp16,text=fp32 where the encoders differ`
const WORDS = [...DTYPES, AUTO_DTYPE]
const HINT =
  'Only probity audit and probity plan can choose: what a precision does to decisions shows under label sets. probity plan says what it takes; name that here'

/** `fp16` for both encoders, or `vision=fp16,text=q8`; `auto` as it is. Undefined where nothing is said or it is refused. */
export function readDtypesFlag(text: string | undefined, refuse: Refuse): Dtypes | typeof AUTO_DTYPE | undefined {
  return text === AUTO_DTYPE ? AUTO_DTYPE : readNamed(text, refuse, `${NAMED}; auto to have it chosen`, WORDS)
}

function readNamed(
  text: string | undefined,
  refuse: Refuse,
  expected: string,
  words: readonly string[],
): Dtypes | undefined {
  if (text === undefined) return undefined
  const both = dtypeOf(text)
  if (both !== undefined) return { vision: both, text: both }
  const match = /^vision=([^,=]+),text=([^,=]+)$/.exec(text)
  const [vision, ofText] = [dtypeOf(match?.[1]), dtypeOf(match?.[2])]
  if (vision !== undefined && ofText !== undefined) return { vision, text: ofText }
  return refuse('--dtype', expected, text, match === null ? didYouMean(text, words) : undefined)
}

/** The same for a command that has no plan: fp32 where nothing is said, and nothing to choose by. Throws DefinitionError. */
export function readDtypes(text: string | undefined): Dtypes {
  const refuse: Refuse = (field, expected, received, nearest) => {
    const hint = text === AUTO_DTYPE ? HINT : nearest
    const fault = { at: 'command line', field, expected, received: quoted(received) }
    throw new DefinitionError('dtype.unknown', hint === undefined ? fault : { ...fault, hint })
  }
  const dtypes = readNamed(text, refuse, NAMED, DTYPES)
  return dtypes ?? { vision: 'fp32', text: 'fp32' }
}

/** As a plan file writes it: one word, or one for each encoder. */
export function dtypesOf(written: Dtype | typeof AUTO_DTYPE | Dtypes): Dtypes | typeof AUTO_DTYPE {
  if (written === AUTO_DTYPE) return AUTO_DTYPE
  return typeof written === 'string' ? { vision: written, text: written } : written
}

/** The precision that a plan asks for, of a command that has no label sets to choose one by; fp32, which every plan has that says nothing, is left out. */
export function planDtypes({ dtype }: PlanSettings, faults: Fault[]): Pick<Plan, 'dtype'> {
  if (dtype?.value !== AUTO_DTYPE) return named(dtype?.value)
  const { at, field } = dtype
  faults.push({ at, field, expected: 'a precision that is named', received: quoted(AUTO_DTYPE), hint: HINT })
  return {}
}

/** The same of an audit, which can leave it open: for model folders, whose images it embeds. */
export function auditDtypes(
  settings: PlanSettings,
  labelSets: readonly LabelSet[],
  faults: Fault[],
): Pick<Plan, 'dtype' | 'chooseDtype'> {
  const { dtype, models = [], fromEmbeddings = [] } = settings
  if (dtype?.value !== AUTO_DTYPE) return named(dtype?.value)
  const { at, field } = dtype
  const said = { at, field, received: quoted(AUTO_DTYPE) }
  if (fromEmbeddings.length > 0) {
    const hint = 'Their text encoder has to be of the precision that they were made in.'
    faults.push({ ...said, expected: 'a precision that is named beside vectors made elsewhere', hint })
  } else if (models.length === 0) faults.push({ ...said, expected: 'a model whose precision can be chosen' })
  else if (labelSets.length === 0 && faults.length === 0)
    faults.push({ ...said, expected: 'a label set, under which decisions can be compared' })
  return { chooseDtype: true }
}

function named(dtypes: Dtypes | undefined): Pick<Plan, 'dtype'> {
  return dtypes === undefined || (dtypes.vision === 'fp32' && dtypes.text === 'fp32') ? {} : { dtype: dtypes }
}

function dtypeOf(text: string | undefined): Dtype | undefined {
  return DTYPES.find((dtype) => dtype === text)
}
