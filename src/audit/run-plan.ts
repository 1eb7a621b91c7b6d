import { chooseDtypes } from './choose-dtype.js'
import { readAudited } from './dataset/read-audited.js'
import { readTraining } from './embed-training.js'
import { joinForecasts } from './forecast/join-forecasts.js'
import { forecastModel } from './forecast-model.js'
import { freeSpace } from './store/free-space.js'
import type { Tools } from './tools.js'
import type { Plan } from './types/definitions.js'
import type { Forecast, ModelForecast } from './types/forecast.js'

/**
 * What the run of a plan will take: each model is opened, some of its images, spread over the dataset, are embedded and timed, and the rest is told from
 * that. Vectors made on the way go to the store, so that the run itself need not make them. `machines`: how many like this one share the images. Throws what the run would throw before its
 * first image: DefinitionError, DatasetError, ModelError.
 */
export async function runPlan(plan: Plan, tools: Tools, machines = 1): Promise<Forecast> {
  const { dataset } = await readAudited(plan)
  const training = await readTraining(plan, dataset)
  const models: ModelForecast[] = []
  for (const planned of await chooseDtypes(plan, dataset, tools))
    models.push(await forecastModel({ ...planned, dataset, training }, tools))
  return joinForecasts({
    rows: { in: dataset.images.length, excluded: dataset.excluded.size, quarantined: dataset.quarantined.size },
    labels: plan.labelSets.reduce((sum, { labels }) => sum + labels.length, 0),
    labelSets: plan.labelSets.length,
    models,
    machines,
    free: tools.store === undefined || tools.store === null ? null : await freeSpace(tools.store.folder),
  })
}
