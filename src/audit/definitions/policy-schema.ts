import { z } from 'zod'
import { HARMS } from './label-set-schema.js'
import { definitionId, filledText, share } from './schema-words.js'

/** Enough that a p of 0.01 has a Monte Carlo error of a tenth of itself. */
export const DEFAULT_PERMUTATIONS = 9_999

const limitId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'an id of letters, digits, dots, hyphens and underscores')
  .meta({ description: 'Names the limit in reports and waivers.' })

const selection = {
  probes: z.array(filledText).min(1).optional().meta({ description: 'Only these probes.' }),
  labelSets: z.array(filledText).min(1).optional().meta({ description: 'Only these label sets.' }),
  outcomes: z.array(filledText).min(1).optional().meta({ description: 'Only these outcomes.' }),
  harms: z.array(z.enum(HARMS)).min(1).optional().meta({
    description: 'Only outcomes that do these harms. With neither outcomes nor harms: all that harm anybody.',
  }),
  groupBy: z
    .array(z.array(filledText).min(1))
    .min(1)
    .optional()
    .meta({ description: 'Only families that group by these, such as [[race], [race, gender]].' }),
}

const shareAbove0 = z.number().gt(0, 'a share above 0 and at most 1').max(1, 'a share above 0 and at most 1')
const shareBelow1 = z.number().min(0, 'a share from 0, below 1').lt(1, 'a share from 0, below 1')
const limitOf = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape, description: string) =>
  z.strictObject({ id: limitId, kind: z.literal(kind), ...shape, ...selection }).meta({ description })

const limitSchema = z.discriminatedUnion('kind', [
  limitOf('disparity', {}, 'No finding is a disparity towards harm.'),
  limitOf(
    'difference',
    { atMost: shareAbove0.meta({ description: 'As a share: 0.02 is two percentage points.' }) },
    'No rate of a group lies further than this above its reference.',
  ),
  limitOf(
    'ratio',
    { atMost: z.number().gt(1, 'a number above 1').max(1e6, 'a number of at most 1000000') },
    'No harm rate of a group is more than this many times that of its reference.',
  ),
  limitOf(
    'impact-ratio',
    {
      atLeast: shareAbove0.optional().meta({ description: 'Of the favourable side. Absent: only reported.' }),
      leaveOutUnder: shareBelow1
        .optional()
        .meta({ description: 'Groups with a smaller share of the images are listed and left out.' }),
    },
    'Rate of each group over that of the best group, on the favourable side; the adverse side is printed beside it.',
  ),
  limitOf('ceiling', { atMost: shareBelow1 }, 'No rate of a group is above this, also where all groups are alike.'),
  limitOf(
    'minimum-sample',
    { images: z.int().min(1, 'a whole number of at least 1').max(1e9, 'a whole number of at most 1000000000') },
    'Every group has at least as many images (subjects, where the dataset names them).',
  ),
  limitOf(
    'coverage',
    { atLeast: shareAbove0 },
    'Images with a decision, of the rows that were not left out on purpose: overall and in every group.',
  ),
])

const waiverSchema = z.strictObject({
  limit: limitId.meta({ description: 'Id of the limit.' }),
  finding: filledText.optional().meta({ description: 'Fingerprint of a finding, as audit.json gives it.' }),
  group: z.map(filledText, filledText).optional().meta({ description: 'A group, such as { race: Black }.' }),
  outcome: filledText.optional(),
  labelSet: filledText.optional(),
  owner: filledText.meta({ description: 'Who answers for it.' }),
  reason: filledText,
  expires: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a day such as 2027-01-31')
    .meta({ description: 'The last day on which it holds.' }),
})

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
    mode: z.enum(['regression', 'assurance']).meta({
      description:
        'regression: the gate fails only on evidence that a limit is exceeded. assurance: it passes only where the data show that none is; where they cannot tell, the run ends with exit code 3.',
    }),
    limits: z.array(limitSchema).meta({ description: 'What the gate asks. Empty: no gate is requested.' }),
    waivers: z.array(waiverSchema).optional().meta({
      description: 'What is let through, by whom, why, and until when. An expired waiver fails the gate.',
    }),
    warning: filledText
      .optional()
      .meta({ description: 'What is known to be weak about this policy; printed wherever it is used.' }),
  })
  .meta({ title: 'Probity policy', description: 'Limits set before the run.' })
