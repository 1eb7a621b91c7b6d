import type { ParquetFile } from './parquet-file.js'

/** Opens a Parquet file as `parquet-file.ts` does, and loads what reads it only then: some fifty modules, which most runs never need. */
export async function openParquet(path: string): Promise<ParquetFile> {
  const { openParquetFile } = await import('./parquet-file.js')
  return openParquetFile(path)
}
