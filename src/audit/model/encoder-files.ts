import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ModelError } from '../errors.js'
import { DTYPE_SUFFIXES, DTYPES, dtypesText } from '../types/dtype.js'
import type { Dtype, Dtypes } from '../types/dtype.js'

/** The files of both encoders, as paths inside the model folder. `isCombined`: one file holds both. */
export type EncoderFiles = { readonly visionFile: string; readonly textFile: string; readonly isCombined: boolean }

export const visionFile = (dtype: Dtype): string => `onnx/vision_model${DTYPE_SUFFIXES[dtype]}.onnx`
export const textFile = (dtype: Dtype): string => `onnx/text_model${DTYPE_SUFFIXES[dtype]}.onnx`
export const combinedFile = (dtype: Dtype): string => `onnx/model${DTYPE_SUFFIXES[dtype]}.onnx`

/** The precisions that a folder has files of, by kind of file, in the order of {@link DTYPES}. */
export type DtypesThere = {
  readonly vision: readonly Dtype[]
  readonly text: readonly Dtype[]
  readonly combined: readonly Dtype[]
}

export function dtypesThere(folder: string): DtypesThere {
  const there = (file: (dtype: Dtype) => string): Dtype[] =>
    DTYPES.filter((dtype) => existsSync(join(folder, file(dtype))))
  return { vision: there(visionFile), text: there(textFile), combined: there(combinedFile) }
}

/** The precisions that both encoders can be had in. */
export function usableDtypes({ vision, text, combined }: DtypesThere): Dtype[] {
  return DTYPES.filter((dtype) => combined.includes(dtype) || (vision.includes(dtype) && text.includes(dtype)))
}

/**
 * Chooses the encoder files of a folder: one for each side, else the file that holds both (it embeds one side for nothing). Never a file of
 * another precision than was asked for. Throws ModelError (`model.file-missing`) that says which precisions are there.
 */
export function chooseEncoders(folder: string, dtypes: Dtypes): EncoderFiles {
  const there = dtypesThere(folder)
  const missing = [
    ...(there.vision.includes(dtypes.vision) ? [] : [visionFile(dtypes.vision)]),
    ...(there.text.includes(dtypes.text) ? [] : [textFile(dtypes.text)]),
  ]
  if (missing.length === 0) {
    return { visionFile: visionFile(dtypes.vision), textFile: textFile(dtypes.text), isCombined: false }
  }
  if (dtypes.vision === dtypes.text && there.combined.includes(dtypes.vision)) {
    const both = combinedFile(dtypes.vision)
    return { visionFile: both, textFile: both, isCombined: true }
  }
  const hint = cureOf(folder, there)
  throw new ModelError(
    'model.file-missing',
    missing.map((file) => ({ at: join(folder, file), expected: 'a file', received: 'nothing', hint })),
  )
}

const TOWER_HINT =
  'Probity needs both encoders of the model: onnx/vision_model.onnx and onnx/text_model.onnx, or both in one onnx/model.onnx.'

function cureOf(folder: string, there: DtypesThere): string {
  const usable = usableDtypes(there)
  if (usable.length > 0) return `This folder has ${usable.join(', ')}: say --dtype ${usable[0]}.`
  const [vision, text] = [there.vision[0], there.text[0]]
  if (vision !== undefined && text !== undefined) {
    const mixed = dtypesText({ vision, text })
    return `This folder has image encoders in ${there.vision.join(', ')} and text encoders in ${there.text.join(', ')}; to mix them say --dtype ${mixed}.`
  }
  if (['vision_model.onnx', 'text_model.onnx', 'model.onnx'].some((file) => existsSync(join(folder, file)))) {
    return 'Move the .onnx files, with the weights beside them, into a folder onnx/.'
  }
  return TOWER_HINT
}
