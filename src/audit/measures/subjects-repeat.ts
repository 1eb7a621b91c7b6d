import type { Facts } from '../types/facts.js'

/** Whether some person is named for several images, so that images taken as independent give intervals that are too narrow. */
export function subjectsRepeat({ dataset }: Pick<Facts, 'dataset'>): boolean {
  return dataset.subjects !== null && dataset.subjects < dataset.rows.in
}
