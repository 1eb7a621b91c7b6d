import { describe, expect, it } from 'vitest'
import { joinForecasts } from '../../../src/audit/forecast/join-forecasts.js'
import { shareOut } from '../../../src/audit/forecast/share-out.js'
import type { ModelForecast } from '../../../src/audit/types/forecast.js'

const model = (embedding: ModelForecast['seconds']['embedding']): ModelForecast => ({
  model: 'm',
  dim: 4,
  batch: 32,
  passes: [{ what: 'images', altered: null, images: 1000, stored: 0 }],
  prompts: { total: 21, stored: 0 },
  pace: null,
  unusable: 0,
  seconds: { open: 10, prompts: 20, embedding, scoring: 30 },
  storeBytes: 5000,
})
const joined = (...models: ModelForecast[]) =>
  joinForecasts({
    rows: { in: 1000, excluded: 0, quarantined: 0 },
    labels: 21,
    labelSets: 2,
    models,
    machines: 1,
    free: 1,
  })

describe('the forecast of a run', () => {
  it('adds up what its models take, one after the other', () => {
    const hour = { low: 3000, middle: 3600, high: 4000 }
    const { seconds, disk, moreMemory } = joined(model(hour), model(hour))
    expect(seconds).toEqual({ low: 6120, middle: 7320, high: 8120 })
    expect(disk).toEqual({ needed: 10_000, free: 1 })
    expect(moreMemory).toBe(1000 * (700 + 16 * 2 * 2))
  })

  it('is not known where the pace of one model is not', () => {
    const hour = { low: 3000, middle: 3600, high: 4000 }
    expect(joined(model(hour), model(null)).seconds).toBeNull()
    expect(shareOut(joined(model(null)), 4)).toEqual({ machines: 4, seconds: null, hours: null })
  })

  it('is that of the run itself on one machine', () => {
    const forecast = joined(model({ low: 3540, middle: 7140, high: 7140 }))
    expect(shareOut(forecast, 1)).toEqual({
      machines: 1,
      seconds: forecast.seconds,
      hours: { low: 1, middle: 2, high: 2 },
    })
  })

  it('shares images out, but not the opening of the models, nor prompts and decisions', () => {
    const { seconds, hours } = shareOut(joined(model({ low: 4000, middle: 8000, high: 8000 })), 4)
    expect(seconds?.middle).toBe(10 + 2000 + 10 + 50)
    expect(hours?.middle).toBeCloseTo((40 + 8000 + 10 + 50) / 3600, 12)
  })
})
