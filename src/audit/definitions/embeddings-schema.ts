import { z } from 'zod'
import { NUMBER_KINDS } from '../types/vectors.js'
import { LARGEST_LOGIT_SCALE } from './plan-words.js'
import { filledText } from './schema-words.js'

const relative = 'Relative paths start at the folder of this file.'

/** What stands beside vectors that were made elsewhere: where they come from, and which vector is which image. */
export const embeddingsSchema = z
  .strictObject({
    model: filledText.meta({ description: 'The model that made the vectors, as reports shall name it.' }),
    modelSha256: z
      .string()
      .regex(/^([0-9a-f]{64}|unknown)$/, '64 digits 0-9 and a-f, or unknown')
      .optional()
      .meta({ description: 'SHA-256 of its weights, or unknown. Left out: reports say that it was not stated.' }),
    preprocessing: filledText.optional().meta({
      description: 'How the images were prepared, in words. Left out: reports say that it was not stated.',
    }),
    normalised: z.boolean().optional().meta({
      description: 'Whether every vector has length 1; checked. Left out: reports say that it was not stated.',
    }),
    dtype: z.enum(NUMBER_KINDS).optional().meta({ description: 'The kind of number in the file; checked.' }),
    dim: z.int().min(1, 'a whole number of at least 1').optional().meta({ description: 'Numbers a vector; checked.' }),
    vectors: filledText.meta({
      description: `Vectors of the images: .npy, .safetensors, .parquet, or a folder of clip-retrieval. ${relative}`,
    }),
    tensor: filledText
      .optional()
      .meta({ description: 'Name of the tensor of a .safetensors file, if it has several.' }),
    column: filledText.optional().meta({ description: 'Column of vectors of a .parquet file, if it has several.' }),
    idColumn: filledText
      .optional()
      .meta({ description: 'Column of ids of a .parquet file. Default: image_path, image, id, or the only text.' }),
    ids: filledText.optional().meta({
      description: `Names of the images, one for each vector: a text file with one a line, .csv with a column image, .npy of text, or a .json list. ${relative}`,
    }),
    order: z.literal('dataset').optional().meta({
      description: 'Instead of ids: the n-th vector is that of the n-th row of the label file.',
    }),
    textModel: filledText
      .optional()
      .meta({ description: `Model folder whose text encoder embeds the prompts. ${relative}` }),
    classVectors: z
      .strictObject({
        vectors: filledText.meta({ description: `Vectors of prompts: .npy, .safetensors or .parquet. ${relative}` }),
        prompts: filledText.meta({
          description: `The prompts, word for word, one for each vector; in a file like that of ids. ${relative}`,
        }),
      })
      .optional()
      .meta({ description: 'Instead of a text model: vectors of every prompt.' }),
    logitScale: z
      .number()
      .gt(0, 'a number above 0')
      .max(LARGEST_LOGIT_SCALE, `a number of at most ${LARGEST_LOGIT_SCALE}`)
      .optional()
      .meta({ description: 'Factor of the cosines (100 for OpenAI CLIP). Probabilities need it.' }),
    logitBias: z.number().optional().meta({ description: 'What is added to them before a sigmoid (SigLIP).' }),
    activation: z.enum(['softmax', 'sigmoid']).optional().meta({ description: 'Default: softmax.' }),
    simulated: z.boolean().optional().meta({ description: 'The model or the images are made up: reports say so.' }),
  })
  .meta({
    title: 'Probity embeddings',
    description: 'Image vectors that were made elsewhere: where they come from, and which is which image.',
  })

export type WrittenEmbeddings = z.output<typeof embeddingsSchema>
