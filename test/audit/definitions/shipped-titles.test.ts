import { describe, expect, it } from 'vitest'
import { listShipped } from '../../../src/audit/definitions/shipped.js'
import { shippedTitles } from '../../../src/audit/definitions/shipped-titles.js'

describe('shippedTitles', () => {
  it.each(['probes', 'label-sets', 'policies', 'templates', 'grids'] as const)(
    'gives the %s that reading every file whole gives',
    (kind) => expect(shippedTitles(kind)).toEqual(listShipped(kind)),
  )
})
