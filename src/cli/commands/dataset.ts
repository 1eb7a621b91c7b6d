import type { Command } from 'commander'
import { addDatasetPull } from './dataset-pull.js'

/** `probity dataset ...`: what can be done with a dataset before it is audited. */
export function addDataset(program: Command): void {
  const dataset = program.command('dataset').summary('fetch a dataset from a hub')
  addDatasetPull(dataset)
}
