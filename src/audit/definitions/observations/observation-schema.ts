import { z } from 'zod'

/** What measures took from scores and embeddings: one member for each kind that needs it. */
export const observationSchema = z.discriminatedUnion('kind', [
  // members follow with the measures that observe
  z.looseObject({ kind: z.literal('none') }),
])
