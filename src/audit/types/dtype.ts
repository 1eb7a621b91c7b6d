/** The words of the JavaScript ecosystem for the precision of encoder files, with what each adds to their names.
 *  Source: huggingface/transformers.js `packages/transformers/src/utils/dtypes.js`. */
export const DTYPE_SUFFIXES = {
  fp32: '',
  fp16: '_fp16',
  q8: '_quantized',
  int8: '_int8',
  uint8: '_uint8',
  q4: '_q4',
  q4f16: '_q4f16',
  bnb4: '_bnb4',
  q2: '_q2',
  q2f16: '_q2f16',
  q1: '_q1',
  q1f16: '_q1f16',
} as const

export type Dtype = keyof typeof DTYPE_SUFFIXES

export const DTYPES = Object.keys(DTYPE_SUFFIXES) as [Dtype, ...Dtype[]] // the keys of the object above

/** The precision of both encoders. */
export type Dtypes = { readonly vision: Dtype; readonly text: Dtype }

/** The precision is to be chosen, by what it does to the decisions of a sample. */
export const AUTO_DTYPE = 'auto'

/** As a user writes it: `fp16`, or `vision=fp16,text=q8` where the two differ. */
export function dtypesText({ vision, text }: Dtypes): string {
  return vision === text ? vision : `vision=${vision},text=${text}`
}
