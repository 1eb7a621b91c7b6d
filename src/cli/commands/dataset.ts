import type { Command } from 'commander'
import { addDatasetInspect } from './dataset-inspect.js'
import { addDatasetPull } from './dataset-pull.js'

/** `probity dataset ...`: what can be done with a dataset before it is audited. */
export function addDataset(program: Command): void {
  const dataset = program.command('dataset').summary('look at a dataset before it is audited, or fetch one from a hub')
  addDatasetInspect(dataset)
  addDatasetPull(dataset)
}
