import type { Region } from './regions.js'

/** Id of the number of one column in one region. */
export function cellId(column: string, { key }: Pick<Region, 'key'>): string {
  return `${column} ${key}`
}
