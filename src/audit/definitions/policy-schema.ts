import { z } from 'zod'
import { definitionId, filledText, share } from './schema-words.js'

/** Enough that a p of 0.01 has a Monte Carlo error of a tenth of itself. */
export const DEFAULT_PERMUTATIONS = 9_999

/** A policy as its file writes it: every limit is written out, none has a default. */
export const policySchema = z
  .strictObject({
    id: definitionId,
    title: filledText,
    alpha: z
      .number()
      .gt(0, 'a level above 0 and at most 0.5')
      .max(0.5, 'a level above 0 and at most 0.5')
      .meta({ description: 'Chance of any wrong verdict in a family of comparisons.' }),
    minimumImages: z
      .int()
      .min(1, 'a whole number of at least 1')
      .max(1e9, 'a whole number of at most 1000000000')
      .meta({ description: 'Fewer images on either side of a comparison: insufficient, no verdict.' }),
    margin: z
      .strictObject({
        difference: z
          .number()
          .gt(0, 'a share above 0 and at most 1')
          .max(1, 'a share above 0 and at most 1')
          .meta({ description: 'As a share: 0.01 is one percentage point.' }),
        ratio: z.number().gt(1, 'a number above 1').max(1e6, 'a number of at most 1000000'),
      })
      .meta({ description: 'The practical margin: a disparity exceeds both.' }),
    adjustment: z.enum(['bonferroni', 'holm']).meta({
      description:
        'How a family is corrected for its number of comparisons: alpha / m for each, or step by step (Holm), which finds a little more.',
    }),
    nearTie: z
      .number()
      .min(0, 'a cosine from 0 to 2')
      .max(2, 'a cosine from 0 to 2')
      .meta({ description: 'Lead of the winning label, as cosine, at or below which an image is near-tied.' }),
    quarantineLimit: share.meta({
      description: 'Share of rows that may be quarantined before evidence counts as incomplete.',
    }),
    permutations: z
      .int()
      .min(99, 'a whole number of at least 99')
      .max(999_999, 'a whole number of at most 999999')
      .optional()
      .meta({
        description: `Random redistributions behind each figure of what chance alone gives. Default: ${DEFAULT_PERMUTATIONS}.`,
      }),
    failOn: z
      .array(z.enum(['disparity']))
      .meta({ description: 'Verdicts that fail the gate; empty: the gate is not requested.' }),
  })
  .meta({ title: 'Probity policy', description: 'Limits set before the run.' })
