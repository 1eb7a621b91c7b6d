import { describe, expect, it } from 'vitest'
import type { ModelForecast } from '../../src/audit/types/forecast.js'
import { describeForecast } from '../../src/cli/describe-forecast.js'
import type { ToldForecast } from '../../src/cli/describe-forecast.js'

const MODEL: ModelForecast = {
  model: 'clip\u001b[2J',
  dim: 512,
  batch: 32,
  passes: [
    { what: 'images', altered: null, images: 10_954, stored: 384 },
    { what: 'altered', altered: 'blur-2', images: 10_954, stored: 0 },
  ],
  prompts: { total: 21, stored: 21 },
  pace: { timed: 352, perSecond: { low: 18, middle: 19.6, high: 21 } },
  unusable: 0,
  seconds: { open: 3, prompts: 0, embedding: { low: 1000, middle: 1100, high: 1200 }, scoring: 0.1 },
  storeBytes: 23e6,
}
const FORECAST: ToldForecast = {
  rows: { in: 10_954, excluded: 0, quarantined: 0 },
  labels: 21,
  models: [MODEL],
  seconds: { low: 1003, middle: 1103, high: 1203 },
  sharedOut: { machines: 1, seconds: { low: 1003, middle: 1103, high: 1203 }, hours: { low: 1, middle: 1, high: 1 } },
  moreMemory: 0,
  disk: { needed: 23e6, free: 72e9 },
  memory: 1.1e9,
  cost: null,
}

describe('a forecast on the terminal', () => {
  it('says of each model what is left, how fast it goes and how long it takes', () => {
    expect(describeForecast(FORECAST)).toBe(
      [
        'Model clip\\u001b[2J, 512 numbers a vector, batches of 32',
        '  images     10570 of 10954 to embed, 384 in the store',
        '  blur-2     10954 of 10954 to embed',
        '  opening    3 s',
        '  embedding  about 19 min (17 min to 20 min) at 19.6 images a second, timed over 352',
        '  scoring    under 1 s for 21 labels',
        '',
        'In all       about 19 min (17 min to 21 min), then statistics and reports',
        'Memory       about 1.1 GB',
        'Disk         23.0 MB more in the store, of 72.0 GB free',
        '',
      ].join('\n'),
    )
  })

  it('says what several machines take and cost', () => {
    const hours = { low: 4, middle: 5, high: 6 }
    const seconds = { low: 3600, middle: 4500, high: 5400 }
    const said = describeForecast({
      ...FORECAST,
      sharedOut: { machines: 4, seconds, hours },
      cost: { price: 1.2, amount: { low: 4.8, middle: 6, high: 7.2 } },
    })
    expect(said).toContain('In all       about 75 min (60 min to 1.5 h) on 4 machines that share the images, then')
    expect(said).toContain('Cost         6.00 (4.80 to 7.20) at 1.2 an hour of one machine')
  })

  it('warns of a disk that is too small', () => {
    expect(describeForecast({ ...FORECAST, disk: { needed: 2e9, free: 1e9 } })).toContain(
      'Disk         2.0 GB more in the store, of 1.0 GB free. WARNING: that is not enough',
    )
  })

  it('says that nothing is known where nothing could be embedded', () => {
    const model = { ...MODEL, pace: null, unusable: 96, seconds: { ...MODEL.seconds, embedding: null } }
    const said = describeForecast({
      ...FORECAST,
      models: [model],
      seconds: null,
      sharedOut: { machines: 1, seconds: null, hours: null },
    })
    expect(said).toContain('  unusable   96 images of those that were tried\n')
    expect(said).toContain('  embedding  not known: too few of the images that were tried could be embedded\n')
    expect(said).toContain('In all       not known\n')
  })

  it('says that there is nothing to embed where no model is named', () => {
    expect(describeForecast({ ...FORECAST, models: [] })).toContain('No model is named, so there is nothing to embed.')
  })
})
