import type { Facts } from '../../types/facts.js'
import { measuredFigure } from '../measured-figure.js'
import { observedBy, type MeasureRules, type ProbeFactsOf, type TableDraft } from '../measure-kind.js'
import { numberFigure } from '../share-figure.js'
import { subjectsRepeat } from '../subjects-repeat.js'
import { observeSelfSimilarity } from './observe.js'
import { rowNameOf, sentencesOf } from '../sentences.js'

const says = sentencesOf('self-similarity')

/** How alike the images of one group are to the model (measures.md B6). Evidence needed: embeddings. */
export const selfSimilarityRules: MeasureRules<'self-similarity'> = {
  missing: () => null,
  observe: observeSelfSimilarity,
  tabulate: similarityTables,
}

/** One table for each grouping, everyone first. */
function similarityTables(facts: Facts, probe: ProbeFactsOf<'self-similarity'>): TableDraft[] {
  return observedBy(facts, probe.id, 'self-similarity').flatMap(({ evidence, groups }) => {
    const groupings = [...new Set(groups.map(({ group }) => JSON.stringify(group.map(([name]) => name))))]
    return groupings
      .filter((names) => names !== '[]')
      .map((names): TableDraft => {
        const groupBy = JSON.parse(names) as string[] // written two lines above
        const shown = groups.filter(
          ({ group }) => group.length === 0 || JSON.stringify(group.map(([name]) => name)) === names,
        )
        return {
          evidence,
          labelSet: null,
          key: `self-similarity/${groupBy.join('+')}`,
          title: says('title', ['groupBy', groupBy.join(', ')]),
          rowHeading: says('group', ['groupBy', groupBy.join(', ')]),
          columns: [
            { key: 'similarity', heading: says('similarity'), unit: 'number' },
            { key: 'difference', heading: says('difference'), unit: 'number' },
            { key: 'images', heading: says('images'), unit: 'count' },
          ],
          rows: shown.map((one) => ({
            key: one.key,
            name: rowNameOf(one.group, says),
            figures: [
              measuredFigure(one),
              one.difference === null ? { kind: 'blank' } : measuredFigure(one.difference),
              numberFigure(one.images),
            ],
          })),
          notes: [
            says('note.read'),
            subjectsRepeat(facts) ? says('note.subjects') : says('note.interval', ['draws', probe.measure.draws]),
          ],
          chart: 'dots',
        }
      })
  })
}
