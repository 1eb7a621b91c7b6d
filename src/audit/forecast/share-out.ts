import type { Forecast, ModelForecast, Range, SharedOut } from '../types/forecast.js'

/** Every machine opens every model; images are shared out evenly; prompts and decisions are for one of them, at the end. */
export function shareOut(
  { models, seconds: alone }: Pick<Forecast, 'models' | 'seconds'>,
  machines: number,
): SharedOut {
  if (alone === null) return { machines, seconds: null, hours: null }
  const open = sum(models, ({ seconds }) => seconds.open)
  const last = sum(models, ({ seconds }) => seconds.prompts + seconds.scoring)
  const embedding = (side: keyof Range): number => sum(models, ({ seconds }) => seconds.embedding?.[side] ?? 0)
  const again = machines > 1 ? open : 0 // whoever scores opens the models once more
  const wall = (side: keyof Range): number => open + embedding(side) / machines + again + last
  const hours = (side: keyof Range): number => (machines * open + embedding(side) + again + last) / 3600
  return { machines, seconds: each(wall), hours: each(hours) }
}

function each(of: (side: keyof Range) => number): Range {
  return { low: of('low'), middle: of('middle'), high: of('high') }
}

function sum(models: readonly ModelForecast[], of: (model: ModelForecast) => number): number {
  return models.reduce((total, model) => total + of(model), 0)
}
