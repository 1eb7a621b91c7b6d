import { describe, expect, it } from 'vitest'
import { mappedLayout } from '../../../src/audit/dataset/layout.js'
import type { LabelTable } from '../../../src/audit/dataset/label-table.js'
import { planOf, refusal } from './helpers.js'

function table(header: string[], headerIsComplete = true): LabelTable {
  return {
    header,
    headerIsComplete,
    rows: async function* () {},
    sha256: () => '',
  }
}
const map = (...pairs: [string, string][]) => pairs.map(([attribute, column]) => ({ attribute, column }))

describe('mappedLayout', () => {
  it('takes attributes, image and subject from the map', () =>
    expect(
      mappedLayout(
        planOf('F', { map: map(['image', 'path'], ['race', 'ethnicity'], ['subject', 'person']), licence: 'CC0' }),
        table(['path', 'ethnicity', 'person']),
      ),
    ).toEqual({
      image: { column: 'path', before: '', after: '' },
      subject: 'person',
      attributes: [{ name: 'race', column: 'ethnicity', labelledBy: 'unknown', declared: null }],
      licence: 'CC0',
    }))

  it.each(['image', 'file', 'file_name'])('takes a column called exactly %s for the image', (column) =>
    expect(mappedLayout(planOf('F', { map: map(['race', 'r']) }), table([column, 'r'])).image.column).toBe(column),
  )

  it('makes the image name from a column with text around it', () =>
    expect(
      mappedLayout(
        planOf('F', { map: map(['image', 'photos/{bioguide}.jpg'], ['gender', 'gender']) }),
        table(['bioguide', 'gender']),
      ).image,
    ).toEqual({ column: 'bioguide', before: 'photos/', after: '.jpg' }))

  it('names the column inside the braces when the header lacks it', async () => {
    const plan = planOf('F', { map: map(['image', '{bioguid}.jpg'], ['gender', 'gender']) })
    const error = await refusal(() => mappedLayout(plan, table(['bioguide', 'gender'])))
    expect(error.message).toBe(
      'F: map "image": expected a column "bioguid" but received the columns "bioguide", "gender". Did you mean "bioguide"?',
    )
  })

  it.each([[['path', 'r']], [['image', 'file', 'r']], [['Image', 'r']]])(
    'asks for the image column when the header is %j',
    async (header) => {
      const error = await refusal(() => mappedLayout(planOf('F', { map: map(['race', 'r']) }), table(header)))
      expect(error.message).toContain('Name the column of the image files with --map image=COLUMN')
      expect(error.message).toContain(`"${header[0]}"`)
    },
  )

  it('asks for at least one attribute', async () => {
    const error = await refusal(() => mappedLayout(planOf('F', { map: map(['image', 'f']) }), table(['f', 'race'])))
    expect(error.message).toBe(
      'F: map: expected at least one attribute mapped to a column but received none. ' +
        'Add for example --map race=COLUMN; the columns are "f", "race"',
    )
  })

  it('refuses a mapped column that is not there, with the nearest one', async () => {
    const error = await refusal(() =>
      mappedLayout(planOf('F', { map: map(['race', 'ethnicty']) }), table(['file', 'ethnicity'])),
    )
    expect(error.message).toBe(
      'F: map "race": expected a column "ethnicty" but received the columns "file", "ethnicity". Did you mean "ethnicity"?',
    )
  })

  it('leaves a column that a later JSONL row may bring to the reading of the rows', () =>
    expect(mappedLayout(planOf('F', { map: map(['race', 'r']) }), table(['file'], false)).attributes).toHaveLength(1))

  it('refuses two columns for one attribute', async () => {
    const plan = planOf('F', { map: map(['race', 'a'], ['race', 'b']) })
    expect((await refusal(() => mappedLayout(plan, table(['file', 'a', 'b'])))).message).toContain(
      'one column for "race"',
    )
  })
})
