import { DefinitionError, quoted } from '../errors.js'
import { DTYPES } from '../types/dtype.js'
import type { Dtype, Dtypes } from '../types/dtype.js'
import type { PlanSettings } from './plan-settings.js'
import { didYouMean, oneOf } from './words.js'

/** How a flag says that a text is not one of its words, with a cure. */
type Refuse = (field: string, expected: string, text: string, hint?: string) => undefined

const EXPECTED = `${oneOf(DTYPES)}; vision=fp16,text=fp32 where the encoders differ`

/** `fp16` for both encoders, or `vision=fp16,text=q8`; undefined where nothing is said or it is refused. */
export function readDtypesFlag(text: string | undefined, refuse: Refuse): Dtypes | undefined {
  if (text === undefined) return undefined
  const both = dtypeOf(text)
  if (both !== undefined) return { vision: both, text: both }
  const match = /^vision=([^,=]+),text=([^,=]+)$/.exec(text)
  const [vision, ofText] = [dtypeOf(match?.[1]), dtypeOf(match?.[2])]
  if (vision !== undefined && ofText !== undefined) return { vision, text: ofText }
  return refuse('--dtype', EXPECTED, text, match === null ? didYouMean(text, DTYPES) : undefined)
}

/** The same for a command that has no plan: fp32 where nothing is said. Throws DefinitionError. */
export function readDtypes(text: string | undefined): Dtypes {
  const dtypes = readDtypesFlag(text, (field, expected, received, hint) => {
    const fault = { at: 'command line', field, expected, received: quoted(received) }
    throw new DefinitionError('dtype.unknown', hint === undefined ? fault : { ...fault, hint })
  })
  return dtypes ?? { vision: 'fp32', text: 'fp32' }
}

/** As a plan file writes it: one word, or one for each encoder. */
export function dtypesOf(written: Dtype | Dtypes): Dtypes {
  return typeof written === 'string' ? { vision: written, text: written } : written
}

/** The precision that a plan asks for; fp32, which every plan has that says nothing, is left out. */
export function planDtypes({ dtype }: PlanSettings): { readonly dtype?: Dtypes } {
  if (dtype === undefined || (dtype.value.vision === 'fp32' && dtype.value.text === 'fp32')) return {}
  return { dtype: dtype.value }
}

function dtypeOf(text: string | undefined): Dtype | undefined {
  return DTYPES.find((dtype) => dtype === text)
}
