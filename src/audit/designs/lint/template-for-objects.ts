import { splitWords } from './label-words.js'
import { listed, listedTexts } from './phrases.js'
import type { LintRule } from './rule.js'

/** "A plastic {label}", "a dirty {label}": templates made for things. */
export const templateForObjects: LintRule = {
  id: 'template-for-objects',
  severity: 'warning',
  needs: 'definition',
  readsWords: true,
  means:
    'The prompt then speaks of a thing made to look like a person, or judges the person itself. Of the 80 templates that CLIP was published with for ImageNet many do.',
  todo: 'Take templates that say how a photograph of a person was made ("a portrait of {label}", "a cropped photo of {label}").',
  check: ({ labelSet: { templates } }) => {
    const found = templates.flatMap((template, index) => {
      const words = splitWords(template).filter((word) => THINGS.has(word))
      const judged = JUDGING.exec(template)?.[1]
      const all = judged === undefined ? words : [...words, judged.toLowerCase()]
      return all.length === 0 ? [] : [{ template, index, words: all }]
    })
    if (found.length === 0) return []
    const words = [...new Set(found.flatMap((each) => each.words))]
    const seen = `${found.length} of the ${templates.length === 1 ? 'one template' : `${templates.length} templates`} ${found.length === 1 ? 'suits' : 'suit'} things rather than people (${listed(words)}): ${listedTexts(found.map(({ template }) => template))}.`
    return [{ seen, templates: found.map(({ index }) => index) }]
  },
}

/** Words of the ImageNet templates of openai/CLIP (notebooks/Prompt_Engineering_for_ImageNet.ipynb) that make a thing of what follows. */
const THINGS: ReadonlySet<string> = new Set(
  'cartoon,doodle,embroidered,embroidery,graffiti,origami,plastic,plushie,rendering,rendition,sculpture,statue,tattoo,toy'.split(
    ',',
  ),
)
/** Adjectives of the same templates that fall on the person when they stand right before the label. */
const JUDGING = /\b(clean|cool|dirty|large|nice|small|weird)\s+\{label\}/i
