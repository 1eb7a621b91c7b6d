import { z } from 'zod'
import { CAPTION_PROTOCOLS } from '../../types/captions.js'
import type { MeasureOf } from '../../types/measures.js'

export const captionTestSchema = z
  .strictObject({
    kind: z.literal('caption-test'),
    protocols: z
      .array(z.enum(CAPTION_PROTOCOLS))
      .min(1)
      .refine((all) => new Set(all).size === all.length, 'each protocol once')
      .default([...CAPTION_PROTOCOLS])
      .meta({
        description:
          'coarse: the correct caption among others that are plainly wrong; stress: with a close one among them; fine: two captions. Default: all three.',
      }),
  })
  .meta({ description: 'Which of several captions of its own a model chooses for each image; needs a caption set.' })

export function toCaptionTest(written: z.output<typeof captionTestSchema>): MeasureOf<'caption-test'> {
  return written
}
