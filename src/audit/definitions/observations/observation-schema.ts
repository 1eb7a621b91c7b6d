import { z } from 'zod'
import { featureSensitivityObserved } from './feature-sensitivity.js'

/** What measures took from scores and embeddings: one member for each kind that needs it. */
export const observationSchema = z.discriminatedUnion('kind', [featureSensitivityObserved])
