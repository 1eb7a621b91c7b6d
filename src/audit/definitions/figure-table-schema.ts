import { z } from 'zod'
import { count, group, reasonCode } from './audit-shapes.js'
import { chance } from './observations/observed-shapes.js'

const bounds = z.tuple([z.number(), z.number().nullable()])

const wording = z
  .looseObject({
    id: z.string(),
    values: z.array(z.tuple([z.string(), z.union([z.string(), z.number()])])),
  })
  .meta({ id: 'wording', description: 'A sentence of the locale files by its id, with what fills its slots.' })

const figure = z.discriminatedUnion('kind', [
  z.looseObject({
    kind: z.literal('own'),
    value: z.number().nullable(),
    reason: reasonCode.exactOptional(),
    count: count.exactOptional(),
    total: count.exactOptional(),
    interval: bounds.nullable().exactOptional(),
    intervalReason: reasonCode.exactOptional(),
    method: z
      .enum([
        'wilson',
        'clopper-pearson',
        'newcombe',
        'score',
        'tango',
        'mover',
        'bootstrap',
        'cluster-bootstrap',
        'range',
      ])
      .exactOptional(),
    chance: chance.exactOptional(),
  }),
  z.looseObject({
    kind: z.literal('printed'),
    text: z.string(),
    status: z.enum(['reproduces', 'differs', 'not-comparable']).nullable(),
    statusReason: z.string().exactOptional(),
  }),
  z.looseObject({ kind: z.literal('blank') }),
])

const rowName = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('group'), group }),
  z.looseObject({ kind: z.literal('text'), text: z.string() }),
  z.looseObject({ kind: z.literal('wording'), wording }),
])

/** Figures of one probe in the shape in which they are read. */
export const figureTableSchema = z
  .looseObject({
    id: z.string(),
    probe: z.string(),
    evidence: z.string().nullable(),
    labelSet: z.string().nullable(),
    key: z.string(),
    title: wording,
    rowHeading: wording,
    columns: z.array(
      z.looseObject({ key: z.string(), heading: wording, unit: z.enum(['share', 'points', 'count', 'number', 'p']) }),
    ),
    rows: z.array(z.looseObject({ key: z.string(), name: rowName, figures: z.array(figure) })),
    notes: z.array(wording),
    chart: z.enum(['none', 'bars', 'line', 'dots']),
  })
  .meta({ id: 'figureTable', description: 'Figures of one probe in the shape in which they are read.' })
