import { z } from 'zod'
import { definitionId, filledText } from './schema-words.js'

/** A template family as its file writes it. */
export const templateFamilySchema = z
  .strictObject({
    id: definitionId,
    title: filledText.meta({ description: 'One line for headings.' }),
    source: filledText.meta({ description: 'Where the sentences come from.' }),
    note: filledText.meta({ description: 'What they are for, and what they leave out on purpose.' }),
    templates: z.array(filledText).min(1).meta({ description: 'Sentences with exactly one {label}.' }),
  })
  .meta({
    title: 'Probity template family',
    description: 'Prompt templates that belong together, for grids of class designs.',
  })
